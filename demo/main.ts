import { launch } from '#launch.ts';
import { organisation } from './organisation.ts';
import { outsideWorld } from './surroundings.ts';
import { outlets } from './world/outlets.ts';
import { wireOutlets } from './world/wire.ts';

await launch({ roles: ['api', 'workers'], demo: true, surroundings: outsideWorld });

process.stdout.write(
  `This is the demo of ${organisation.name}: ${outlets.length} sources of its own small world, thirty days back.
Look for the Sluisbrug (one story in ${wireOutlets.length} copies), for what comes in while you read, and at Bronnen for what breaks.
`,
);
