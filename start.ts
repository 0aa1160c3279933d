import { launch } from './launch.ts';

await launch({ roles: ['api', 'workers'], demo: false });
