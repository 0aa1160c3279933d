/** Rises when the rules below change; stands in `joined` as the version of the method. */
export const joinVersion = '1';

/** Equal text counts as a copy within this time (design section 8). */
const textWindowMs = 7 * 86_400_000;

export type JoinReason = 'same-address' | 'same-text';

/** A mention that may join or be joined. `threadId` is set for one that has a thread already. */
export type Candidate = {
  mentionId: number;
  sourceId: number;
  /** The earlier of published and fetched. */
  at: Date;
  threadId: number | null;
  keys: { key: string; kind: 'url' | 'text' }[];
};

/** A key as stored and locked: the first mention that bore it. */
export type KeyRow = {
  key: string;
  threadId: number;
  mentionId: number;
  sourceId: number;
  at: Date;
  ambiguous: boolean;
};

export type Joins = {
  /** Candidates that come to stand in a thread that is there. */
  joined: { mentionId: number; threadId: number; reason: JoinReason }[];
  /** Candidates that found a thread together: the first is its origin, the others are copies. */
  born: { origin: Candidate; copies: { mentionId: number; reason: JoinReason }[] }[];
  /** Keys that one source gave to several mentions: they say nothing from now on. */
  ambiguous: string[];
  /** Keys whose text is too old to join: from now on they belong to this candidate. */
  renewed: { key: string; candidate: Candidate }[];
};

/**
 * Decides the threads of a batch, given every key of every candidate as it now stands in the database, locked. Candidates
 * with one key in common, from different sources, end together, in the oldest thread among those they meet; a
 * candidate without company begins its own. `present` tells in which threads a source stands already
 * (`threadId:sourceId`): a second mention of one source under one key makes that key ambiguous.
 */
export function joinCandidates(
  candidates: readonly Candidate[],
  rows: readonly KeyRow[],
  present: ReadonlySet<string>,
): Joins {
  const silent = new Set<string>();
  for (;;) {
    const heard = rows.map((row) => (silent.has(row.key) ? { ...row, ambiguous: true } : row));
    const joins = joinOnce(candidates, heard, present);
    const shared = keysOfSecond(candidates, heard, present, joins);
    if (shared.length === 0) return { ...joins, ambiguous: [...silent, ...joins.ambiguous] };
    for (const key of shared) silent.add(key);
  }
}

/**
 * Whether they come at once or one after the other, of one source's mentions only the first stands in a thread. The keys by
 * which a second one came to it say nothing: those that it shares.
 */
function keysOfSecond(
  candidates: readonly Candidate[],
  rows: readonly KeyRow[],
  present: ReadonlySet<string>,
  { joined, born }: Joins,
): string[] {
  const threadOf = new Map<number, string>();
  for (const { mentionId, threadId } of joined) threadOf.set(mentionId, `${threadId}`);
  for (const { origin, copies } of born) {
    for (const { mentionId } of [origin, ...copies]) threadOf.set(mentionId, `born ${origin.mentionId}`);
  }
  const taken = new Set(present);
  for (const { threadId, sourceId } of candidates) if (threadId !== null) taken.add(`${threadId}:${sourceId}`);
  const fresh = candidates.filter(({ threadId }) => threadId === null);
  const second = fresh
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.mentionId - b.mentionId)
    .filter(({ mentionId, sourceId }) => {
      const place = `${threadOf.get(mentionId)}:${sourceId}`;
      return taken.has(place) || !taken.add(place);
    });
  if (second.length === 0) return [];
  const ofSecond = new Set(second.flatMap(({ keys }) => keys.map(({ key }) => key)));
  const uses = new Map<string, Set<number>>();
  const use = (key: string, mentionId: number) => uses.set(key, (uses.get(key) ?? new Set()).add(mentionId));
  for (const { key, mentionId, ambiguous } of rows) if (!ambiguous) use(key, mentionId);
  for (const { keys, mentionId } of candidates) for (const { key } of keys) if (uses.has(key)) use(key, mentionId);
  return [...uses].flatMap(([key, mentions]) => (ofSecond.has(key) && mentions.size > 1 ? [key] : []));
}

function joinOnce(candidates: readonly Candidate[], rows: readonly KeyRow[], present: ReadonlySet<string>): Joins {
  const byId = new Map(candidates.map((candidate) => [candidate.mentionId, candidate]));
  const bearers = new Map<string, Candidate[]>();
  const kinds = new Map<string, 'url' | 'text'>();
  for (const candidate of candidates) {
    for (const { key, kind } of candidate.keys) {
      kinds.set(key, kind);
      bearers.set(key, [...(bearers.get(key) ?? []), candidate]);
    }
  }
  const groups = createGroups(candidates);
  const ambiguous: string[] = [];
  const renewed: Joins['renewed'] = [];
  for (const row of rows) {
    const bearing = bearers.get(row.key) ?? [];
    const kind = kinds.get(row.key) ?? 'url';
    const isOwn = byId.get(row.mentionId)?.threadId === null;
    if (row.ambiguous) continue;
    if (isAmbiguous(row, bearing, isOwn, present)) {
      ambiguous.push(row.key);
      continue;
    }
    const fits = (candidate: Candidate) =>
      kind === 'url' || Math.abs(candidate.at.getTime() - row.at.getTime()) <= textWindowMs;
    const reason: JoinReason = kind === 'url' ? 'same-address' : 'same-text';
    const fitting = bearing.filter(fits);
    if (fitting.length === 0) {
      const newest = bearing.reduce<Candidate | null>((a, b) => (a && a.at >= b.at ? a : b), null);
      if (newest && newest.at > row.at && newest.threadId === null) renewed.push({ key: row.key, candidate: newest });
      continue;
    }
    if (!isOwn) for (const candidate of fitting) groups.meet(candidate, row.threadId, reason);
    for (const other of fitting.slice(1)) groups.unite(fitting[0]!, other, reason);
  }
  return { ...groups.settle(), ambiguous, renewed };
}

function isAmbiguous(
  row: KeyRow,
  bearing: readonly Candidate[],
  isOwn: boolean,
  present: ReadonlySet<string>,
): boolean {
  const bySource = new Map<number, number>(isOwn ? [] : [[row.sourceId, row.mentionId]]);
  return bearing.some((candidate) => {
    const other = bySource.get(candidate.sourceId);
    if (other !== undefined && other !== candidate.mentionId) return true;
    bySource.set(candidate.sourceId, candidate.mentionId);
    return !isOwn && candidate.threadId === null && present.has(`${row.threadId}:${candidate.sourceId}`);
  });
}

/** Union-find over the candidates, each group with the oldest thread it met and the reason each member came by. */
function createGroups(candidates: readonly Candidate[]) {
  const parent = new Map(candidates.map(({ mentionId }) => [mentionId, mentionId]));
  const thread = new Map<number, number>();
  const reasons = new Map<number, JoinReason>();
  const rootOf = (id: number): number => {
    const up = parent.get(id)!;
    if (up === id) return id;
    const root = rootOf(up);
    parent.set(id, root);
    return root;
  };
  const meet = ({ mentionId }: Candidate, threadId: number, reason: JoinReason) => {
    const root = rootOf(mentionId);
    thread.set(root, Math.min(threadId, thread.get(root) ?? threadId));
    if (!reasons.has(mentionId)) reasons.set(mentionId, reason);
  };
  const unite = (a: Candidate, b: Candidate, reason: JoinReason) => {
    const [rootA, rootB] = [rootOf(a.mentionId), rootOf(b.mentionId)];
    for (const { mentionId } of [a, b]) if (!reasons.has(mentionId)) reasons.set(mentionId, reason);
    if (rootA === rootB) return;
    parent.set(rootB, rootA);
    const [met, other] = [thread.get(rootA), thread.get(rootB)];
    if (other !== undefined) thread.set(rootA, Math.min(other, met ?? other));
  };
  for (const candidate of candidates) {
    if (candidate.threadId !== null) thread.set(candidate.mentionId, candidate.threadId);
  }
  const settle = (): Pick<Joins, 'joined' | 'born'> => {
    const members = new Map<number, Candidate[]>();
    for (const candidate of candidates) {
      if (candidate.threadId !== null) continue;
      const root = rootOf(candidate.mentionId);
      members.set(root, [...(members.get(root) ?? []), candidate]);
    }
    const joined: Joins['joined'] = [];
    const born: Joins['born'] = [];
    const reasonOf = (candidate: Candidate) => reasons.get(candidate.mentionId) ?? 'same-address';
    for (const [root, group] of members) {
      const threadId = thread.get(root);
      if (threadId !== undefined) {
        for (const one of group) joined.push({ mentionId: one.mentionId, threadId, reason: reasonOf(one) });
        continue;
      }
      const origin = group.reduce((a, b) =>
        b.at < a.at || (b.at.getTime() === a.at.getTime() && b.mentionId < a.mentionId) ? b : a,
      );
      const copies = group.filter((one) => one !== origin);
      born.push({ origin, copies: copies.map((one) => ({ mentionId: one.mentionId, reason: reasonOf(one) })) });
    }
    return { joined, born };
  };
  return { meet, unite, settle };
}
