import '#compile-cache.ts';

const { launch } = await import('#launch.ts');
const { outsideWorld } = await import('./surroundings.ts');
let world: Awaited<ReturnType<typeof outsideWorld>> | null = null;
const surroundings: typeof outsideWorld = async (config, log) => {
  world = await outsideWorld(config, log);
  return world;
};
await launch({ roles: ['api', 'workers'], demo: true, surroundings });

const { organisation } = await import('./organisation.ts');
const { wireOutlets } = await import('./world/wire.ts');
const { colleagues, demoPassword, emailOf } = await import('./inside/people.ts');
const { origin, sourceCount } = world!;
const kinds = {
  communication: 'answers',
  manager: 'reads figures',
  employee: 'joins in',
  administrator: 'lets people in',
};
const { guests } = await import('./inside/circles.ts');
const [guest] = guests;
const signIn = Object.entries(kinds).map(([role, does]) => {
  const { key, name } = colleagues.find((one) => one.role === role)!;
  return `  ${emailOf(key).padEnd(28)}${name}, ${role}: ${does}`;
});
process.stdout.write(
  `This is the demo of ${organisation.name}: ${sourceCount()} sources of its own small world, thirty days back.
Sign in with the password ${demoPassword} as
${signIn.join('\n')}
  ${guest.email.padEnd(28)}${guest.name}, guest from outside: sees one circle and nothing else
Look for the Sluisbrug (a topic, and one story ${wireOutlets.length} times elsewhere), for what comes in while you read, and at the sources for what breaks.
The outside world is at ${origin}/ and lists its sites: paste the address of one that is not followed yet.
Start with CONTACT=you@example.org to let it read real sites as well.
`,
);
