import { execFileSync } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { listen } from './hostile-server.ts';

export type Sinks = {
  port: number;
  /** Addresses that are listened on. */
  addresses: string[];
  /** Connections that arrived, as `address`; what must stay empty. */
  arrived: string[];
  close: () => Promise<void>;
};

/** Ports the client would fetch from, so that only the address rule stands between it and the sinks. */
const fetchedPorts = [8443, 8080, 443, 80];
const loopback = ['127.0.0.1', '127.0.0.53', '127.213.97.5', '127.255.255.254', '::1'];
/** Put on the loopback interface where we may; picked so that no real network or metadata service is likely to live there. */
const special = [
  '10.213.97.5',
  '100.115.213.13',
  '169.254.213.11',
  '172.29.213.7',
  '192.0.0.213',
  '192.0.2.213',
  '192.168.213.9',
  '198.18.213.1',
  '198.51.100.213',
  '203.0.113.213',
  'fd13:97c5::213',
  '2001:db8::213',
];

/** Listens on every special address that this machine lets us bind, and counts who connects. Undo with `close`. */
export async function startSinks(): Promise<Sinks | null> {
  const added = special.filter((address) => changeAddress('add', address));
  for (const port of fetchedPorts) {
    const sinks = await listenOnAll(port, [...loopback, ...added]);
    if (!sinks) continue;
    const close = async () => {
      await sinks.close();
      for (const address of added) changeAddress('del', address);
    };
    return { ...sinks, close };
  }
  for (const address of added) changeAddress('del', address);
  return null;
}

/** Null when the port is taken on 127.0.0.1; other addresses that cannot be bound are left out. */
async function listenOnAll(port: number, addresses: string[]): Promise<Sinks | null> {
  const arrived: string[] = [];
  const servers: { address: string; server: Server }[] = [];
  const sockets = new Set<Socket>();
  for (const address of addresses) {
    const server = createServer((socket) => {
      arrived.push(address);
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret');
    });
    const bound = await listen(server, port, address).then(
      () => true,
      () => false,
    );
    if (bound) servers.push({ address, server });
    else if (address === '127.0.0.1') return null;
  }
  return {
    port,
    addresses: servers.map(({ address }) => address),
    arrived,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map(({ server }) => new Promise((done) => server.close(done))));
    },
  };
}

/** False where we may not (not root, no `ip`, a container without the right). `replace`: a killed run may have left it. */
function changeAddress(action: 'add' | 'del', address: string): boolean {
  const family = address.includes(':') ? { length: 128, options: ['nodad'] } : { length: 32, options: [] };
  const target = [`${address}/${family.length}`, 'dev', 'lo'];
  const words = action === 'add' ? ['replace', ...target, ...family.options] : ['del', ...target];
  try {
    execFileSync('ip', ['addr', ...words], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
