/**
 * Who may do what in which circle, written from what docs/security-model.md promises and from nothing else: test/circle-matrix holds
 * every route that names something in a circle against it. It knows neither the policy table nor a query.
 */

/** Somebody, as they stand to the circle that is asked about. */
export const people = [
  'anonymous',
  'deactivated',
  // Let in somewhere else.
  'stranger',
  'guest',
  // Their last day here is over; the frame leaves them to read, or nothing.
  'guest-reading',
  'guest-gone',
  // Somebody who left, with nothing agreed.
  'former',
  'colleague',
  'manager',
  'desk',
  'administrator',
  'member',
  'muted',
  'host',
] as const;
export type Who = (typeof people)[number];

/** Where the thing that is asked for stands. `outside`: a story all colleagues see; `desk-outside`: one for the desk only. */
export const places = [
  'outside',
  'desk-outside',
  'everyone',
  'desk',
  'internal',
  'closed',
  'archived',
  'one-thread',
  'public',
] as const;
export type Place = (typeof places)[number];

/**
 * `in`: whatever comes, it is no refusal of who asks (a conflict or what does not fit may be). `refused`: seen, and not theirs to do.
 * `absent`: as if it never was. `signed-out`: nobody asks.
 */
export type Outcome = 'in' | 'refused' | 'absent' | 'signed-out';

const works = (who: Who) => ['colleague', 'manager', 'desk', 'administrator', 'member', 'muted', 'host'].includes(who);
const answers = (who: Who) => who === 'desk' || who === 'administrator';
const letsPeopleIn = (who: Who) => who === 'administrator';
const isIn = (who: Who) => ['guest', 'member', 'muted', 'host'].includes(who);
const hasMembers = (place: Place) => ['closed', 'archived', 'one-thread'].includes(place);

/** Whether somebody may know that something in a place is there. */
function sees(who: Who, place: Place): boolean {
  switch (place) {
    case 'outside':
    case 'everyone':
    case 'internal':
      return works(who);
    case 'desk':
    case 'desk-outside':
      return answers(who);
    case 'public':
      return true;
    default:
      return isIn(who) || who === 'guest-reading';
  }
}

/** Whether somebody may say something there; that it is over or closed is another matter. */
function talks(who: Who, place: Place): boolean {
  if (place === 'outside' || place === 'desk-outside') return false;
  if (place === 'public') return works(who) || who === 'guest';
  return sees(who, place) && who !== 'guest-reading';
}

const hosts = (who: Who, place: Place) =>
  who === 'host' && (hasMembers(place) || place === 'internal' || place === 'public');

/** What each route asks beside that what it names can be seen. `isTheirs`: they wrote what is asked about. */
type Asks = (who: Who, place: Place, isTheirs: boolean) => boolean;
const nothing: Asks = () => true;
const nobody: Asks = () => false;
const colleague: Asks = (who) => works(who);
const desk: Asks = (who) => answers(who);
const host: Asks = (who, place) => hosts(who, place);
const lets: Asks = (who, place) => hosts(who, place) && place !== 'internal';
const moves: Asks = (who, place) => hosts(who, place) || (answers(who) && (place === 'everyone' || place === 'desk'));
const isAsked: Asks = (who, place, isTheirs) => hosts(who, place) || (isTheirs && sees(who, place));
/** A story stands outside too, where all colleagues see it. */
const seesStory: Asks = (who, place) => sees(who, place) || (place !== 'desk-outside' && works(who));

/** Routes of which the first circle they name, in their path or body, is somebody's; `outside` and the desk's are nobody's. */
export const ofCircles: Record<string, Asks> = {
  'GET /api/circles/{circleId}': nothing,
  'GET /api/circles/{circleId}/frames': nothing,
  'POST /api/circles/{circleId}/frame/acknowledge': nothing,
  'GET /api/circles/{circleId}/threads': nothing,
  'POST /api/circles/{circleId}/leave': nothing,
  'PUT /api/notice-levels': nothing,
  // A closed circle is seen by who is in it: nobody else gets as far as joining.
  'POST /api/circles/{circleId}/join': colleague,
  // Guests see who speaks, never who else is there.
  'GET /api/circles/{circleId}/members': colleague,
  'POST /api/threads': talks,
  'PATCH /api/circles/{circleId}': host,
  'PUT /api/circles/{circleId}/frame': host,
  'PUT /api/circles/{circleId}/state': host,
  'POST /api/circles/{circleId}/archive': host,
  'POST /api/circles/{circleId}/reopen': host,
  'POST /api/circles/{circleId}/hand-over': host,
  'GET /api/circles/{circleId}/as/{standing}': host,
  'PATCH /api/circles/{circleId}/members/{personId}': host,
  'DELETE /api/circles/{circleId}/members/{personId}': host,
  // To pin it.
  'PUT /api/circles/{circleId}/threads/{threadId}': host,
  'POST /api/circles/{circleId}/members': lets,
  'POST /api/circles/{circleId}/invitations': lets,
  'GET /api/circles/{circleId}/invitations': lets,
  'POST /api/circles/{circleId}/authors': lets,
  'POST /api/mentions/{mentionId}/invitations': lets,
};

/** Routes of which the first thing they name is a thread or a reply. */
export const ofThreads: Record<string, Asks> = {
  'GET /api/threads/{threadId}': nothing,
  'GET /api/threads/{threadId}/replies': nothing,
  'GET /api/threads/{threadId}/moves': nothing,
  'GET /api/threads/{threadId}/topics': colleague,
  'PUT /api/threads/{threadId}/attention': nothing,
  'POST /api/threads/{threadId}/replies': talks,
  'POST /api/threads/{threadId}/moves': moves,
  'POST /api/threads/{threadId}/case/take': desk,
  'POST /api/threads/{threadId}/case/release': desk,
  'POST /api/threads/{threadId}/case/hand-over': desk,
  'POST /api/threads/{threadId}/case/answer': desk,
  'POST /api/threads/{threadId}/case/no-answer': desk,
  'POST /api/threads/{threadId}/case/reopen': desk,
  'POST /api/replies/{replyId}/hide': host,
  'POST /api/replies/{replyId}/show': host,
  // Of somebody else: words are changed by who wrote them.
  'PATCH /api/replies/{replyId}': nobody,
  'DELETE /api/replies/{replyId}': nobody,
};

/** What not everybody knows who sees the place: who does, and what the route asks of them. */
export const ofKept: Record<string, [knows: Asks, asks: Asks]> = {
  'GET /api/mentions/{mentionId}': [seesStory, nothing],
  'GET /api/mentions/{mentionId}/invitations': [seesStory, colleague],
  'GET /api/mentions/{mentionId}/author': [seesStory, desk],
  'DELETE /api/mentions/{mentionId}/author': [seesStory, desk],
  'PUT /api/mentions/{mentionId}/topics/{topicId}': [seesStory, desk],
  // By somebody else, of a reply: its author is asked, and hosts of the circle it stands in see it.
  'GET /api/moves/{moveId}': [isAsked, nothing],
  'POST /api/moves/{moveId}/answers': [isAsked, nothing],
  'POST /api/moves/{moveId}/cancel': [isAsked, host],
  'POST /api/moves/{moveId}/apply': [isAsked, nobody],
  'DELETE /api/invitations/{invitationId}': [lets, nothing],
};

/** What is told to who asks through a route for something that stands in a place. */
export function outcome(route: string, who: Who, place: Place, isTheirs = false): Outcome {
  if (who === 'anonymous' || who === 'deactivated') return 'signed-out';
  const [knows, asks] = ofKept[route] ?? [sees, ofCircles[route] ?? ofThreads[route]];
  if (!asks) throw new Error(`The model says nothing of ${route}`);
  if (!knows(who, place, isTheirs)) return 'absent';
  if (asks(who, place, isTheirs)) return 'in';
  // To somebody from outside everything but taking part is not there.
  const takesPart = asks === talks || route.endsWith('/api/replies/{replyId}');
  return works(who) || takesPart ? 'refused' : 'absent';
}

/** An administrator may take access to a closed circle they know by its id; nobody else hears that there is one. */
export function takesAccess(who: Who, place: Place): Outcome {
  if (who === 'anonymous' || who === 'deactivated') return 'signed-out';
  if (letsPeopleIn(who)) return hasMembers(place) ? 'in' : 'refused';
  return works(who) ? 'refused' : 'absent';
}
