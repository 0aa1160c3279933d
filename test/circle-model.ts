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

/** What each route asks beside that what it names can be seen. */
type Asks = (who: Who, place: Place) => boolean;
const nothing: Asks = () => true;
const colleague: Asks = (who) => works(who);
const host: Asks = (who, place) => hosts(who, place);
const lets: Asks = (who, place) => hosts(who, place) && place !== 'internal';

/** Routes of which the first thing they name is a circle; `outside` and the desk's are no circles of somebody's. */
export const ofCircles: Record<string, Asks> = {
  'GET /api/circles/{circleId}': nothing,
  'GET /api/circles/{circleId}/frames': nothing,
  'POST /api/circles/{circleId}/frame/acknowledge': nothing,
  'GET /api/circles/{circleId}/threads': nothing,
  // Guests see who speaks, never who else is there.
  'GET /api/circles/{circleId}/members': colleague,
  'PATCH /api/circles/{circleId}': host,
  'PUT /api/circles/{circleId}/frame': host,
  'PUT /api/circles/{circleId}/state': host,
  'POST /api/circles/{circleId}/archive': host,
  'POST /api/circles/{circleId}/reopen': host,
  'POST /api/circles/{circleId}/hand-over': host,
  'GET /api/circles/{circleId}/as/{standing}': host,
  'PATCH /api/circles/{circleId}/members/{personId}': host,
  'DELETE /api/circles/{circleId}/members/{personId}': host,
  'POST /api/circles/{circleId}/members': lets,
  'POST /api/circles/{circleId}/invitations': lets,
  'GET /api/circles/{circleId}/invitations': lets,
  'POST /api/circles/{circleId}/authors': lets,
};

/** Routes of which the first thing they name is a thread, a mention or a reply. */
export const ofThreads: Record<string, Asks> = {
  'GET /api/threads/{threadId}': nothing,
  'GET /api/threads/{threadId}/replies': nothing,
  'PUT /api/threads/{threadId}/attention': nothing,
  'POST /api/threads/{threadId}/replies': talks,
  'POST /api/replies/{replyId}/hide': host,
  'POST /api/replies/{replyId}/show': host,
};

/** What is told to who asks through a route for something that stands in a place. */
export function outcome(route: string, who: Who, place: Place): Outcome {
  if (who === 'anonymous' || who === 'deactivated') return 'signed-out';
  if (!sees(who, place)) return 'absent';
  const asks = ofCircles[route] ?? ofThreads[route];
  if (!asks) throw new Error(`The model says nothing of ${route}`);
  if (asks(who, place)) return 'in';
  // To somebody from outside everything but taking part is not there.
  return works(who) || asks === talks ? 'refused' : 'absent';
}

/** An administrator may take access to a closed circle they know by its id; nobody else hears that there is one. */
export function takesAccess(who: Who, place: Place): Outcome {
  if (who === 'anonymous' || who === 'deactivated') return 'signed-out';
  if (letsPeopleIn(who)) return hasMembers(place) ? 'in' : 'refused';
  return works(who) ? 'refused' : 'absent';
}
