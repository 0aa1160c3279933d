import { launch } from '#launch.ts';

await launch({ roles: ['api'], demo: false, databaseNeeded: true });
