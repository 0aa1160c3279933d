/** Errors that say the database is away or starting, not that a query is wrong (SQLSTATE classes 08 and 57P, and sockets). */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^(08...|57P0[1-5]|53300)$/.test(code)) return true;
  if (/^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/.test(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

/** Errors that say a question took longer than it may, or found no connection free for it: asked again, or asked otherwise, it may be answered. */
export function isGivenUp(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^(57014|25P04)$/.test(code) || error.message.startsWith('timeout exceeded when trying to connect');
}
