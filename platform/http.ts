/** Limits of the design, section 8; overridable downwards only. */
export type HttpLimits = { maxBodyBytes: number; totalMs: number };

export type HttpRequest = {
  url: URL | string;
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  body?: string;
  limits?: Partial<HttpLimits>;
};

export type HttpAnswer = {
  status: number;
  headers: Record<string, string>;
  /** Inflated; empty for 304. */
  body: Uint8Array;
  /** Address of the last hop. */
  url: string;
  /** Where permanent redirects (301, 308) led, when every hop up to there was permanent. */
  movedTo?: string;
};

/** The only way out. Throws HttpError when there is no answer or it may not be had; an HTTP status is an answer. */
export type Http = {
  request: (request: HttpRequest) => Promise<HttpAnswer>;
};

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

/**
 * Spacing per politeness key: `enter` resolves when the request may start and answers how to report its end, or rejects
 * with HttpError('busy') when that would be later than `deadlineMs` from now. The row in PostgreSQL behind it belongs to storage/.
 */
export type HostGate = {
  enter: (hostKey: string, deadlineMs: number) => Promise<(outcome: GateOutcome) => Promise<void>>;
};
/** What the host said: counts for the circuit and the whole host's pause. */
export type GateOutcome = { kind: 'ok' | 'failed' | 'limited'; retryAfterSeconds?: number };
