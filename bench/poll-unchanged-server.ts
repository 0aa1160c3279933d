import { createServer } from 'node:net';

/**
 * Answers 304 to whatever carries a validator, on 16 loopback addresses, in a process of its own. As little work as can be: what is
 * measured is the side that asks. Says its addresses to the parent and ends with it.
 */
const notModified = Buffer.from(
  'HTTP/1.1 304 Not Modified\r\netag: "unchanged"\r\ncache-control: max-age=300\r\ndate: Mon, 23 Nov 2026 10:00:00 GMT\r\n\r\n',
);
const changed = Buffer.from('HTTP/1.1 200 OK\r\netag: "unchanged"\r\ncontent-length: 7\r\n\r\nchanged');

const origins = await Promise.all(
  Array.from({ length: 16 }, (_, i) => {
    const server = createServer({ noDelay: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (request) =>
        socket.write(request.includes('if-none-match: "unchanged"') ? notModified : changed),
      );
    });
    const host = `127.0.1.${i + 1}`;
    return new Promise<string>((resolve) => {
      server.listen(0, host, () => resolve(`http://${host}:${(server.address() as { port: number }).port}`));
    });
  }),
);
process.on('disconnect', () => process.exit());
process.send?.(origins);
