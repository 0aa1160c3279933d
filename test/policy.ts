/**
 * Who may call what, written from what Buitenwacht promises and not from the routes: test/rights.integration.test.ts holds every
 * route against it. A new route needs a line here, thought about apart from its declaration.
 */
export const callers = [
  'anonymous',
  'employee',
  'communication',
  'manager',
  'administrator',
  'guest',
  'deactivated',
] as const;
export type Caller = (typeof callers)[number];

/** What signing in, starting and watching need: nobody can have signed in yet. */
const everybody: readonly Caller[] = callers;
/** Everyone who works here and is still in. */
const colleagues: readonly Caller[] = ['employee', 'communication', 'manager', 'administrator'];
/** Who takes part: somebody from outside too, in what they were let into. */
const members: readonly Caller[] = [...colleagues, 'guest'];
/** Who answers for the organisation, and decides what is followed. */
const desk: readonly Caller[] = ['communication', 'administrator'];
/** Who steers by figures, and who makes them. */
const readersOfFigures: readonly Caller[] = ['communication', 'manager', 'administrator'];
/** Who lets people in. */
const administrators: readonly Caller[] = ['administrator'];

export const policy: Record<string, readonly Caller[]> = {
  'GET /health/live': everybody,
  'GET /health/ready': everybody,
  'GET /api': everybody,
  'GET /api/openapi.json': everybody,
  'GET /api/reference.css': everybody,

  'GET /api/session': everybody,
  'POST /api/session': everybody,
  'DELETE /api/session': everybody,
  'POST /api/first-person': everybody,
  'GET /api/links/{token}': everybody,
  'POST /api/links/{token}': everybody,

  'GET /api/me': members,
  'PATCH /api/me': members,
  'POST /api/me/password': members,
  'DELETE /api/me/sessions': members,
  'GET /api/me/export': members,

  'GET /api/stream': members,
  'GET /api/stream/facets': colleagues,
  'GET /api/stream/counts': members,
  'POST /api/stream/read': members,
  'POST /api/stream/unread': members,
  'GET /api/live': members,
  'GET /api/threads/{threadId}': members,
  'GET /api/mentions/{mentionId}': members,

  'GET /api/audiences': members,
  'POST /api/threads': members,
  'GET /api/threads/{threadId}/replies': members,
  'POST /api/threads/{threadId}/replies': members,
  'PUT /api/threads/{threadId}/attention': members,
  'PATCH /api/replies/{replyId}': members,
  'DELETE /api/replies/{replyId}': members,
  'GET /api/people/names': colleagues,

  // Who may do what in a circle is a matter of the circle; these are for who takes part at all.
  'GET /api/circles': members,
  'POST /api/circles': colleagues,
  'GET /api/circles/{circleId}': members,
  'PATCH /api/circles/{circleId}': colleagues,
  'GET /api/circles/{circleId}/frames': members,
  'PUT /api/circles/{circleId}/frame': colleagues,
  'POST /api/circles/{circleId}/frame/acknowledge': members,
  'PUT /api/circles/{circleId}/state': colleagues,
  'POST /api/circles/{circleId}/archive': colleagues,
  'POST /api/circles/{circleId}/reopen': colleagues,
  'GET /api/circles/{circleId}/members': colleagues,
  'POST /api/circles/{circleId}/members': colleagues,
  'PATCH /api/circles/{circleId}/members/{personId}': colleagues,
  'DELETE /api/circles/{circleId}/members/{personId}': colleagues,
  'POST /api/circles/{circleId}/join': colleagues,
  'POST /api/circles/{circleId}/leave': members,
  'POST /api/circles/{circleId}/hand-over': colleagues,
  'GET /api/circles/{circleId}/threads': members,
  'PUT /api/circles/{circleId}/threads/{threadId}': colleagues,
  'GET /api/circles/{circleId}/as/{standing}': colleagues,
  'POST /api/replies/{replyId}/hide': colleagues,
  'POST /api/replies/{replyId}/show': colleagues,
  'GET /api/kept-threads': members,
  // Moving is for who works here; a guest is asked for their own words.
  'GET /api/threads/{threadId}/moves': members,
  'POST /api/threads/{threadId}/moves': colleagues,
  'GET /api/moves/{moveId}': members,
  'POST /api/moves/{moveId}/answers': members,
  'POST /api/moves/{moveId}/apply': colleagues,
  'POST /api/moves/{moveId}/cancel': colleagues,
  // Names and hosts of circles one is not in, and taking access openly.
  'GET /api/circles/all': administrators,
  'POST /api/circles/{circleId}/access': administrators,

  'GET /api/tips': colleagues,
  'POST /api/tips': colleagues,
  'GET /api/tips/{tipId}': colleagues,

  // Everybody sees who answers what; the desk acts.
  'GET /api/desk': colleagues,
  'POST /api/threads/{threadId}/case/take': desk,
  'POST /api/threads/{threadId}/case/release': desk,
  'POST /api/threads/{threadId}/case/hand-over': desk,
  'POST /api/threads/{threadId}/case/answer': desk,
  'POST /api/threads/{threadId}/case/no-answer': desk,
  'POST /api/threads/{threadId}/case/reopen': desk,

  'GET /api/figures': readersOfFigures,

  // What we listen to is no secret to a colleague; deciding it, and saying what is about us, is the desk's.
  'GET /api/topics': colleagues,
  'GET /api/topics/{topicId}': colleagues,
  'GET /api/topics/{topicId}/difference': colleagues,
  'GET /api/topics/{topicId}/runs': colleagues,
  'GET /api/threads/{threadId}/topics': colleagues,
  'POST /api/topics': desk,
  'POST /api/topics/preview': desk,
  'POST /api/topics/preview/fresh': desk,
  'GET /api/topics/{topicId}/naming': colleagues,
  'PATCH /api/topics/{topicId}': desk,
  'DELETE /api/topics/{topicId}': desk,
  'POST /api/topics/{topicId}/start': desk,
  'POST /api/topics/{topicId}/pause': desk,
  'POST /api/topics/{topicId}/versions': desk,
  'POST /api/topics/{topicId}/go-back': desk,
  'POST /api/topics/{topicId}/runs/{runId}/undo': desk,
  'PUT /api/mentions/{mentionId}/topics/{topicId}': desk,

  // Reading a question tells no more than asking it.
  'POST /api/query': colleagues,
  'GET /api/query/reference': colleagues,
  'GET /api/search': colleagues,
  'GET /api/search/facets': colleagues,
  'GET /api/search/suggest': colleagues,
  'GET /api/searches': colleagues,
  'POST /api/searches': colleagues,
  'GET /api/searches/{searchId}': colleagues,
  // Only whose it is; who shares it may not.
  'PATCH /api/searches/{searchId}': colleagues,
  'DELETE /api/searches/{searchId}': colleagues,
  'POST /api/searches/{searchId}/feed': colleagues,
  'DELETE /api/searches/{searchId}/feed': colleagues,
  // The address itself is the key: programs that read feeds do not sign in.
  'GET /feeds/{feed}': everybody,

  // What is followed is no secret to a colleague; deciding it, and erasing what somebody wrote, is the desk's.
  'GET /api/sources': colleagues,
  'GET /api/sources/{sourceId}': colleagues,
  'POST /api/sources': desk,
  'POST /api/sources/preview': desk,
  'GET /api/sources/{sourceId}/naming': colleagues,
  'PATCH /api/sources/{sourceId}': desk,
  'DELETE /api/sources/{sourceId}': desk,
  'POST /api/sources/{sourceId}/poll': desk,
  'GET /api/opml': desk,
  'POST /api/opml': desk,
  'GET /api/mentions/{mentionId}/author': desk,
  'DELETE /api/mentions/{mentionId}/author': desk,

  // The link itself is the key: who comes in by it has no account yet.
  'GET /api/invitations/by-token/{token}': everybody,
  'POST /api/invitations/by-token/{token}': everybody,
  // For hosts, and the desk, which is a matter of the circle.
  'POST /api/circles/{circleId}/invitations': colleagues,
  'GET /api/circles/{circleId}/invitations': colleagues,
  'POST /api/circles/{circleId}/authors': colleagues,
  'POST /api/mentions/{mentionId}/invitations': colleagues,
  'GET /api/mentions/{mentionId}/invitations': colleagues,
  'DELETE /api/invitations/{invitationId}': colleagues,

  'GET /api/inbox': members,
  'GET /api/inbox/count': members,
  'POST /api/inbox/read': members,
  'GET /api/notice-levels': members,
  'PUT /api/notice-levels': members,

  'GET /api/people': administrators,
  'POST /api/people': administrators,
  'PATCH /api/people/{personId}': administrators,
  'POST /api/people/{personId}/link': administrators,
  'POST /api/people/import': administrators,
  'GET /api/people/{personId}/relations': administrators,
  'PUT /api/people/{personId}/relations': administrators,
  'POST /api/people/{personId}/off-board': administrators,
  'POST /api/people/{personId}/return': administrators,
  'GET /api/audit': administrators,
};
