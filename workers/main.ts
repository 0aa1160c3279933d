import '#compile-cache.ts';

const { launch } = await import('#launch.ts');
await launch({ roles: ['workers'], demo: false, databaseNeeded: true });
