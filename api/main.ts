import '#compile-cache.ts';

const { launch } = await import('#launch.ts');
await launch({ roles: ['api'], demo: false, databaseNeeded: true });
