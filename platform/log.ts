import { type DestinationStream, destination as fileDestination, type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

// Both the bare name and one level down: redaction paths do not search.
const secretFields = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'databaseUrl'];

/**
 * The process's logger: one JSON object a line, ISO times, levels by name, secrets blotted out. Goes to stderr unless told
 * otherwise, because stdout holds nothing but the ready line. Subsystems take `log.child({ part: 'poll' })`.
 */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = fileDestination({ fd: 2, sync: true }),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretFields.flatMap((name) => [`["${name}"]`, `*["${name}"]`]),
        censor: '[secret]',
      },
      serializers: {
        url: (url: unknown) => withoutSecrets(String(url)),
        err: (error: unknown) => blotError(pino.stdSerializers.err(error as Error)),
      },
    },
    destination,
  );
}

const secretParameter =
  /([?&;](?:[\w-]*(?:token|key|secret|password|passwd|pwd|signature|sig|auth)[\w-]*)=)[^&;#\s"']*/gi;
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)[^/?#\s"'@]*@/gi;

/** Blots passwords and tokens out of every address in a text; what is no address stays as it is. */
export function withoutSecrets(text: string): string {
  return text.replace(userInfo, '$1[secret]@').replace(secretParameter, '$1[secret]');
}

function blotError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { message, stack } = error as { message?: string; stack?: string };
  return {
    ...error,
    ...(message === undefined ? {} : { message: withoutSecrets(message) }),
    ...(stack === undefined ? {} : { stack: withoutSecrets(stack) }),
  };
}
