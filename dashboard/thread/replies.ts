import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Thread } from '../api.ts';
import { fetchReplies, type Reference, type Reply } from '../api-talk.ts';
import { useMe } from '../session.ts';
import { type Leaving, useOutbox, whenPlaced } from '../talk/outbox.ts';

/** How near in time a reply of one's own with the same words is the one that was on its way. */
const sameWithinMs = 60_000;

/** The replies of a thread: those it came with, earlier ones that were asked for, and one's own on their way. */
export function useReplies(thread: Thread) {
  const client = useQueryClient();
  const me = useMe();
  const { leaving } = useOutbox(me.id, thread.id);
  const [older, setOlder] = useState<{ replies: Reply[]; earlier: string | null } | null>(null);
  const [failed, setFailed] = useState(false);
  const change = (reply: Reply) => {
    client.setQueryData<Thread>(['thread', reply.threadId], (known) => known && withReply(known, reply));
    setOlder((known) => known && { ...known, replies: replaced(known.replies, reply) });
  };
  useEffect(() => {
    whenPlaced((reply) =>
      client.setQueryData<Thread>(['thread', reply.threadId], (known) => known && withReply(known, reply)),
    );
  }, [client]);
  const earlier = older ? older.earlier : thread.earlierReplies;
  const loadEarlier = async () => {
    if (earlier === null) return;
    setFailed(false);
    const page = await fetchReplies(thread.id, earlier).catch(() => null);
    if (page) setOlder((known) => ({ replies: [...page.replies, ...(known?.replies ?? [])], earlier: page.earlier }));
    else setFailed(true);
  };
  const replies = useMemo(() => {
    const known = new Set(thread.replies.map(({ id }) => id));
    const all = [...(older?.replies ?? []).filter(({ id }) => !known.has(id)), ...thread.replies];
    const onTheirWay = leaving.filter((one) => !all.some((reply) => isSame(reply, one)));
    return [...all, ...onTheirWay.map((one) => drawn(one, thread, me.name))];
  }, [leaving, me.name, older, thread]);
  return { replies, leaving, earlier, failed, loadEarlier, change };
}

function withReply(thread: Thread, reply: Reply): Thread {
  const isKnown = thread.replies.some(({ id }) => id === reply.id);
  const replies = isKnown ? replaced(thread.replies, reply) : [...thread.replies, reply];
  return { ...thread, replies, follows: isKnown ? thread.follows : true };
}

const replaced = (replies: readonly Reply[], reply: Reply) =>
  replies.map((one) => (one.id === reply.id && one.version <= reply.version ? reply : one));

function isSame(reply: Reply, { body, at }: Leaving): boolean {
  const apart = Date.parse(reply.writtenAt) - Date.parse(at);
  return reply.own && reply.text === body.text && Math.abs(apart) < sameWithinMs;
}

/** A reply on its way, as it will stand there. */
function drawn({ key, personId, threadId, body, at, composed }: Leaving, thread: Thread, name: string): Reply {
  const references = (body.references ?? []).map((reference): Reference => {
    if (reference.kind === 'person') {
      const token = composed.tokens.find((one) => one.reference.kind === 'person' && one.reference.id === reference.id);
      return { kind: 'person', id: reference.id, name: token?.label.slice(1) ?? '' };
    }
    if (reference.kind === 'thread') return { ...reference, title: null };
    const mention = thread.mentions.find(({ id }) => id === reference.id);
    const source = mention?.source?.label ?? null;
    if (reference.kind === 'mention') return { ...reference, threadId, title: mention?.title ?? null, source };
    return { ...reference, threadId, text: mention?.text?.slice(reference.from, reference.to) ?? null, source };
  });
  const { circle } = thread.audiences.find((one) => one.circle.id === body.circle) ?? {
    circle: { id: body.circle, kind: 'internal' as const, name: 'everyone' },
  };
  const last = thread.replies.at(-1)?.writtenAt;
  return {
    id: key,
    threadId,
    circle,
    person: { id: personId, name, badges: [], guest: false },
    text: body.text,
    references,
    // After what is there, whatever the clocks say.
    writtenAt: last !== undefined && Date.parse(last) > Date.parse(at) ? last : at,
    editedAt: null,
    withdrawnAt: null,
    hidden: null,
    own: true,
    version: 0,
  };
}
