/** Every reason for which the application refuses, by a stable code that clients and translations rely on. */
export const errorCodes = [
  'invalid_request',
  'signed_out',
  'forbidden',
  'not_own',
  'not_found',
  'method_not_allowed',
  'unsupported_media_type',
  'too_large',
  'source_exists',
  'source_removed',
  'source_paused',
  'author_unknown',
  'topic_exists',
  'topic_incomplete',
  'topic_changed',
  'too_many_topics',
  'run_under_way',
  'not_undoable',
  'not_a_feed',
  'address_refused',
  'unreachable',
  'contact_missing',
  'too_many_streams',
  'wrong_credentials',
  'too_many_attempts',
  'already_set_up',
  'code_needed',
  'link_used',
  'link_expired',
  'email_exists',
  'sign_in_first',
  'invitation_used',
  'invitation_expired',
  'invitation_revoked',
  'last_administrator',
  'not_colleague',
  'host_needed',
  'not_left',
  'import_refused',
  'wrong_password',
  'key_reused',
  'changed_meanwhile',
  'audience_changed',
  'frame_changed',
  'muted',
  'thread_closed',
  'circle_ended',
  'not_writable',
  'reply_withdrawn',
  'circle_incomplete',
  'circle_name_taken',
  'last_host',
  'not_host',
  'member_is_host',
  'one_thread_only',
  'case_changed',
  'case_held',
  'no_outside',
  'query_refused',
  'too_many_searches',
  'search_exists',
  'busy',
  'cross_origin',
  'unknown_host',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** A refusal that the caller can understand: `code` is stable, `details` are facts for the sentence, never secrets. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}
