import './compile-cache.ts';

const { launch } = await import('./launch.ts');
await launch({ roles: ['api', 'workers'], demo: false });
