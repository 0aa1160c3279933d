import { launch } from '#launch.ts';

await launch({ roles: ['workers'], demo: false, databaseNeeded: true });
