import type { ErrorCode } from '#domain/errors.ts';

/** The HTTP status of every refusal; a new code without one does not compile. */
export const statusOf = {
  invalid_request: 400,
  not_found: 404,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  too_large: 413,
  source_exists: 409,
  source_removed: 410,
  source_paused: 409,
  author_unknown: 409,
  not_a_feed: 422,
  address_refused: 422,
  unreachable: 422,
  contact_missing: 409,
  too_many_streams: 429,
  busy: 429,
  cross_origin: 403,
  unknown_host: 421,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;
