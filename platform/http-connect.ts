import { lookup as systemLookup } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import {
  type FetchAllow,
  isAllowedAddress,
  isAllowedName,
  isLocalhost,
  isPublicAddress,
  loopback,
  withoutBrackets,
} from './address.ts';
import { HttpError } from './http-error.ts';

/** All addresses of a name, IPv4 first; rejects with the resolver's error. */
export type Resolve = (hostname: string) => Promise<string[]>;
/** Opens sockets to what `lookup` answers, never to anything else. */
export type Dial = (lookup: LookupFunction) => buildConnector.connector;

export type ConnectOptions = { allow: FetchAllow; connectMs: number; resolve?: Resolve; dial?: Dial };

/** More addresses than this are checked, and not tried: the connect time is short. */
const maxAddressesTried = 6;

/**
 * The connector behind every socket. The addresses that were checked are the ones that are dialled, so a name that
 * answers differently the second time changes nothing; what the socket then says it is connected to is checked again.
 */
export function guardedConnector(options: ConnectOptions): buildConnector.connector {
  const { allow, connectMs } = options;
  const resolve = options.resolve ?? createResolver(connectMs);
  const dial =
    options.dial ?? ((lookup) => buildConnector({ allowH2: false, timeout: connectMs, lookup, keepAlive: false }));
  const isReachable = (address: string) => isPublicAddress(address) || isAllowedAddress(allow, address);
  const dialChecked = dial(checkedLookup(resolve, isReachable));
  const dialNamed = dial(systemLookup as LookupFunction);

  return (target, callback) => {
    const hostname = withoutBrackets(target.hostname);
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const named = isAllowedName(allow, hostname, port);
    // For a literal address no lookup is ever called.
    if (!named && isIP(hostname) && !isReachable(hostname)) return callback(refusal(hostname), null);
    (named ? dialNamed : dialChecked)(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (named || isReachable(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(refusal(hostname), null);
    });
  };
}

function checkedLookup(resolve: Resolve, isReachable: (address: string) => boolean): LookupFunction {
  return (hostname, { all }, callback) => {
    const known = isLocalhost(hostname) ? Promise.resolve(loopback.filter(isReachable)) : resolve(hostname);
    known.then(
      (addresses) => {
        if (addresses.length === 0) return callback(isLocalhost(hostname) ? refusal(hostname) : notFound(hostname), '');
        // One private address among public ones is an attack or a mistake; either way the order is not ours to trust.
        if (!addresses.every(isReachable)) return callback(refusal(hostname), '');
        const tried = addresses.slice(0, maxAddressesTried).map((address) => ({ address, family: isIP(address) }));
        return all ? callback(null, tried) : callback(null, tried[0]!.address, tried[0]!.family);
      },
      (error) => callback(error, ''),
    );
  };
}

/**
 * Asks the network's resolvers without the thread pool: there, two names whose servers never answer would hold up every other
 * look-up of the process. Names of FETCH_ALLOW go by the system's own way, hosts file included.
 */
function createResolver(connectMs: number): Resolve {
  const resolver = new Resolver({ timeout: Math.ceil(connectMs / 3), tries: 2 });
  return async (hostname) => {
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length === 0 && answers[0].status === 'rejected') throw answers[0].reason;
    return addresses;
  };
}

const refusal = (hostname: string) => new HttpError('private-address', `${hostname} is not a public address`, hostname);

const notFound = (hostname: string) => new HttpError('dns', `${hostname}: the name does not resolve`, hostname);
