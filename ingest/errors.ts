export type SourceErrorKind = 'gone' | 'denied' | 'rate-limited' | 'unreadable' | 'unreachable' | 'refused';

/**
 * Why a source could not be read. Only workers/poll.ts catches it and turns it into source health and the next poll time.
 * `detail` holds facts for the health sentence (status, hostname, what was found instead), never the body or secrets.
 */
export class SourceError extends Error {
  readonly kind: SourceErrorKind;
  readonly detail: SourceErrorDetail;
  constructor(kind: SourceErrorKind, message: string, detail: SourceErrorDetail = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SourceError';
    this.kind = kind;
    this.detail = detail;
  }
}

export type SourceErrorDetail = {
  /** HTTP status when there was an answer. */
  status?: number;
  retryAfterSeconds?: number;
  /** Stable word for the sentence: 'web-page', 'bot-wall', 'login', 'empty', 'encoding', 'too-large', 'too-deep', 'too-slow', 'timeout', 'dns', 'tls', 'private-address', … */
  reason?: string;
  hostname?: string;
  encoding?: string;
};

/** The process is stopping: what was being read was neither read nor refused. */
export class IngestClosedError extends Error {
  constructor() {
    super('The ingest thread is closed');
    this.name = 'IngestClosedError';
  }
}
