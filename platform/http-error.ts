/** Stable words for why there is no answer; they choose the sentence a person reads about a source. */
export type HttpErrorReason =
  | 'invalid-url'
  | 'scheme'
  | 'port'
  | 'private-address'
  | 'dns'
  | 'tls'
  | 'connect'
  | 'timeout'
  | 'too-large'
  | 'redirects'
  | 'encoding'
  | 'protocol'
  | 'contact-missing'
  | 'busy';

/** There was no answer, or it may not be had. Messages name hosts, never whole addresses with their secrets. */
export class HttpError extends Error {
  readonly reason: HttpErrorReason;
  readonly hostname: string | undefined;
  constructor(reason: HttpErrorReason, message: string, hostname?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.reason = reason;
    this.hostname = hostname;
  }
}

const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/;
const dnsCodes = /^(ENOTFOUND|ENODATA|ESERVFAIL|ENONAME|EREFUSED|EFORMERR|ENOTIMP|EBADNAME|EBADRESP|EAI_)/;
const protocolCodes =
  /^(HPE_|HTTPParserError|UND_ERR_RES_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED)/;
const timeoutCodes = /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT|ETIMEOUT)/;

/** Whatever the socket, TLS, the resolver or undici threw, as one of our reasons. `answering`: the status had come in. */
export function toHttpError(error: unknown, hostname: string, answering: boolean): HttpError {
  if (error instanceof HttpError) return error;
  const code = codeOf(error);
  const reason = reasonOf(code, answering);
  return new HttpError(reason, `${hostname}: ${sentences[reason]} (${code})`, hostname, { cause: error });
}

function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return 'unknown';
  // undici's parser errors have a name and no code.
  return 'code' in first && typeof first.code === 'string' ? first.code : first.name;
}

function reasonOf(code: string, answering: boolean): keyof typeof sentences {
  if (timeoutCodes.test(code)) return 'timeout';
  if (tlsCodes.test(code)) return 'tls';
  if (dnsCodes.test(code)) return 'dns';
  if (protocolCodes.test(code)) return 'protocol';
  return answering ? 'protocol' : 'connect';
}

const sentences = {
  timeout: 'took too long',
  tls: 'no secure connection',
  dns: 'the name does not resolve',
  protocol: 'the answer is broken',
  connect: 'no connection',
} as const;
