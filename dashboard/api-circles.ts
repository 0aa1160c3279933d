import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

const one = api.circles[':circleId'];
const asked = (circleId: string) => ({ param: { circleId } });

export type Circles = Ok<typeof api.circles.$get>;
export type CircleSummary = Circles['mine'][number];
export type Circle = Ok<typeof one.$get>;
export type CircleKind = Circle['kind'];
export type Frame = NonNullable<Circle['frame']>;
export type FrameVersions = Ok<typeof one.frames.$get>;
export type Member = Ok<typeof one.members.$get>['members'][number];
export type CircleThread = Ok<typeof one.threads.$get>['threads'][number];
export type CircleAs = Ok<(typeof one.as)[':standing']['$get']>;
export type OtherStanding = InferRequestType<(typeof one.as)[':standing']['$get']>['param']['standing'];
export type AnyCircle = Ok<typeof api.circles.all.$get>['circles'][number];
export type NewCircle = InferRequestType<typeof api.circles.$post>['json'];
export type NewFrame = InferRequestType<typeof one.frame.$put>['json'];
export type MemberChange = InferRequestType<(typeof one.members)[':personId']['$patch']>['json'];
export type PersonRef = Circle['hosts'][number]['person'];
/** What somebody is to the organisation, or was. */
export type RelationKind = PersonRef['badges'][number]['kind'];

export async function fetchCircles(signal?: AbortSignal): Promise<Circles> {
  const response = await api.circles.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Every circle there is, by name; for who lets people in. */
export async function fetchAllCircles(signal?: AbortSignal): Promise<AnyCircle[]> {
  const response = await api.circles.all.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).circles;
}

export async function fetchCircle(circleId: string, signal?: AbortSignal): Promise<Circle> {
  const response = await one.$get(asked(circleId), within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Opens a circle; refused with all that is missing. The same `key` again opens nothing twice. */
export async function openCircle(key: string, json: NewCircle): Promise<Circle> {
  const response = await api.circles.$post({ header: { 'idempotency-key': key }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function renameCircle(circleId: string, name: string): Promise<Circle> {
  const response = await one.$patch({ ...asked(circleId), json: { name } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Every version of the frame, newest first, with what changed in each. */
export async function fetchFrames(circleId: string, signal?: AbortSignal): Promise<FrameVersions> {
  const response = await one.frames.$get(asked(circleId), within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Another version of the frame; refused when a colleague made one meanwhile. */
export async function changeFrame(circleId: string, json: NewFrame): Promise<Circle> {
  const response = await one.frame.$put({ ...asked(circleId), json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function acknowledgeFrame(circleId: string, version: number): Promise<Circle> {
  const response = await one.frame.acknowledge.$post({ ...asked(circleId), json: { version } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function changeState(circleId: string, json: { after: number; text: string }): Promise<Circle> {
  const response = await one.state.$put({ ...asked(circleId), json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function archiveCircle(circleId: string, conclusion: string): Promise<Circle> {
  const response = await one.archive.$post({ ...asked(circleId), json: { conclusion } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** `endsOn`: another last day, where the one of the frame is over. */
export async function reopenCircle(circleId: string, endsOn?: string): Promise<Circle> {
  const response = await one.reopen.$post({ ...asked(circleId), json: endsOn ? { endsOn } : {} });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Who is in it: hosts first, then by name. */
export async function fetchMembers(circleId: string, signal?: AbortSignal): Promise<Member[]> {
  const response = await one.members.$get(asked(circleId), within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).members;
}

export async function addMembers(circleId: string, people: string[]): Promise<Member[]> {
  const response = await one.members.$post({ ...asked(circleId), json: { people } });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).members;
}

export async function changeMember(circleId: string, personId: string, json: MemberChange): Promise<Member> {
  const response = await one.members[':personId'].$patch({ param: { circleId, personId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function removeMember(circleId: string, personId: string): Promise<void> {
  const response = await one.members[':personId'].$delete({ param: { circleId, personId } });
  if (!response.ok) throw await refusal(response);
}

export async function joinCircle(circleId: string): Promise<Circle> {
  const response = await one.join.$post(asked(circleId));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function leaveCircle(circleId: string): Promise<void> {
  const response = await one.leave.$post(asked(circleId));
  if (!response.ok) throw await refusal(response);
}

/** Hands what one is in a circle to a colleague; `stay`: what one is from then on. */
export async function handOverCircle(
  circleId: string,
  json: { to: string; stay: 'member' | 'deputy' },
): Promise<Circle> {
  const response = await one['hand-over'].$post({ ...asked(circleId), json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Takes access to a closed circle, which its members hear. */
export async function takeAccess(circleId: string, reason: string): Promise<Circle> {
  const response = await one.access.$post({ ...asked(circleId), json: { reason } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** A page of its conversations: what was pinned first, then the newest. */
export async function fetchCircleThreads(
  circleId: string,
  state: 'open' | 'done',
  cursor: string | null,
  signal?: AbortSignal,
) {
  const query = { state, ...(cursor ? { cursor } : {}) };
  const response = await one.threads.$get({ ...asked(circleId), query }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Pins or closes a conversation in a circle, or takes that back. */
export async function changeCircleThread(
  circleId: string,
  threadId: string,
  json: { pinned?: boolean; closed?: boolean },
) {
  const response = await one.threads[':threadId'].$put({ param: { circleId, threadId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** What somebody else would see of a circle. */
export async function fetchAs(circleId: string, standing: OtherStanding, signal?: AbortSignal): Promise<CircleAs> {
  const response = await one.as[':standing'].$get({ param: { circleId, standing } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Hides the words of a reply; its author hears the reason. */
export async function hideReply(replyId: string, reason: string): Promise<void> {
  const response = await api.replies[':replyId'].hide.$post({ param: { replyId }, json: { reason } });
  if (!response.ok) throw await refusal(response);
}

export async function showReply(replyId: string): Promise<void> {
  const response = await api.replies[':replyId'].show.$post({ param: { replyId } });
  if (!response.ok) throw await refusal(response);
}
