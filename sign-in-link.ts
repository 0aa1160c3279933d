import './compile-cache.ts';

const { ConfigError, environment, readConfig } = await import('#platform/config.ts');
const { name, readPidFile } = await import('#platform/postgres-cluster.ts');
const { connectionUrl } = await import('#platform/postgres-server.ts');
const { openDatabase } = await import('#storage/database.ts');
const { makeLinkForEmail } = await import('#storage/person-links.ts');

// For when no administrator can sign in: whoever may run this may read the database anyway.
const [email] = process.argv.slice(2);
if (email === undefined) refuse('Say for whom: npm run sign-in-link -- name@example.org');
try {
  const config = readConfig(environment, { demo: false });
  const { db } = openDatabase(config.databaseUrl ?? (await running(config.dataDir)), {
    max: 1,
    name: 'buitenwacht sign-in link',
    onError: () => undefined,
  });
  const link = await makeLinkForEmail(db, email.trim().toLowerCase()).finally(() => db.destroy());
  if (!link) refuse(`Nobody who may come in has the address ${email}.`);
  const origin = config.publicUrl ?? `http://localhost:${config.port}`;
  process.stdout.write(`${origin}/links/${link.token}\nWorks once, until ${link.expiresAt.toISOString()}.\n`);
} catch (error) {
  if (error instanceof ConfigError) refuse(error.message);
  refuse(`The database cannot be asked: ${(error as Error).message}`);
}

async function running(dataDir: string): Promise<string> {
  const server = await readPidFile(`${dataDir}/pg`);
  if (!server) refuse(`No Buitenwacht runs on ${dataDir}: start it, or set DATA_DIR or DATABASE_URL.`);
  return connectionUrl(server.socketFolder, name);
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
