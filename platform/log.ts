import { type DestinationStream, type Logger, destination as openDestination, pino, stdTimeFunctions } from 'pino';
import { redactUrl } from './redact-url.ts';

export type Log = Logger;
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

// At the top of a line, in one object below it (headers), and in an object in that (config, request).
const secretFields = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'x-api-key'];
const depths = ['', '*.', '*.*.'];

/**
 * The process's logger: one JSON object a line on stderr (stdout holds nothing but the ready line), ISO times, levels by
 * name. Addresses in the fields `url` and `err`, and fields named like secrets, are blotted out. Subsystems take
 * `log.child({ part: 'poll' })`; a part of a part is written as one name, `workers.poll`.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const log = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: depths.flatMap((depth) => secretFields.map((name) => paths(depth, name))), censor: '[secret]' },
      serializers: {
        url: (url: unknown) => redactUrl(String(url)),
        err: (error: unknown) => (error instanceof Error ? blotted(error) : error),
      },
    },
    destination ?? openDestination({ fd: 2, sync: true }),
  );
  return withNamedParts(log);
}

/** A child of pino writes a field of its own beside its parent's of the same name: two keys in one object. */
function withNamedParts(root: Log): Log {
  const child = root.child;
  // Children have their parent for prototype, so this one serves them all.
  root.child = function (this: Log, own: Record<string, unknown>, ...rest: [never?]) {
    const above = this.bindings();
    const part = [above.part, own.part].filter((name) => name !== undefined).join('.');
    return child.call(root, { ...above, ...own, ...(part !== '' && { part }) }, ...rest);
  } as typeof child;
  return root;
}

const paths = (depth: string, name: string) => `${depth.replace(/\.$/, '')}["${name}"]`;

function blotted(error: Error): Record<string, unknown> {
  // PostgreSQL quotes the row in `detail` and `where`: words of people. The pool hangs its whole client on an error.
  const { detail, where, client, ...fields } = pino.stdSerializers.err(error);
  return { ...fields, message: redactText(fields.message), stack: redactText(fields.stack) };
}

/** Blots secrets out of every address in a text. */
export function redactText(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`]+/gi, (address) => redactUrl(address));
}
