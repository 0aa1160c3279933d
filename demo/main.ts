import '#compile-cache.ts';

const { launch } = await import('#launch.ts');
const { outsideWorld } = await import('./surroundings.ts');
await launch({ roles: ['api', 'workers'], demo: true, surroundings: outsideWorld });

const { organisation } = await import('./organisation.ts');
const { outlets } = await import('./world/outlets.ts');
const { wireOutlets } = await import('./world/wire.ts');
process.stdout.write(
  `This is the demo of ${organisation.name}: ${outlets.length} sources of its own small world, thirty days back.
Look for the Sluisbrug (one story in ${wireOutlets.length} copies), for what comes in while you read, and at the sources for what breaks.
`,
);
