import { answer, bomb, startHostileServer } from './hostile-server.ts';

/** The hostile server in a process of its own: says its port to the parent and ends with it. */
const feed = Buffer.alloc(30_000, '<item>nieuws</item>');
for (const coding of ['gzip', 'br', 'zstd', 'deflate'] as const) bomb(coding);
const server = await startHostileServer({
  'good-feed': (socket) => answer(socket, 200, { 'content-type': 'application/rss+xml' }, feed),
});
process.on('disconnect', () => process.exit());
process.send?.({ port: server.port });
