import type { NewCircle } from '../api-circles.ts';

/** A colleague who was chosen. */
export type Chosen = { id: string; name: string };
/** What was filled in of a circle that is not open yet. */
export type Opening = {
  kind: NewCircle['kind'];
  name: string;
  frame: Record<'question' | 'inScope' | 'outOfScope' | 'result' | 'houseRule' | 'endsOn', string> & {
    afterEnd: 'read' | 'gone';
  };
  hosts: Chosen[];
  deputies: Chosen[];
  members: Chosen[];
};

export const steps = ['kind', 'frame', 'hosts', 'members', 'check'] as const;
export type Step = (typeof steps)[number];

const key = (personId: string) => `buitenwacht.opening ${personId}`;

/** Where one begins: closed, and led by who opens it. */
export const emptyOpening = (me: Chosen): Opening => ({
  kind: 'closed',
  name: '',
  frame: { question: '', inScope: '', outOfScope: '', result: '', houseRule: '', endsOn: '', afterEnd: 'read' },
  hosts: [me],
  deputies: [],
  members: [],
});

/** What this browser kept, laid over an empty one: whatever is not what it should be counts as not filled in. */
export function readOpening(me: Chosen): Opening {
  const empty = emptyOpening(me);
  try {
    const kept = JSON.parse(localStorage.getItem(key(me.id)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return empty;
    const frame = (kept.frame ?? {}) as Record<string, unknown>;
    const word = (name: keyof Opening['frame']) => (typeof frame[name] === 'string' ? frame[name] : '');
    return {
      kind: kept.kind === 'internal' ? 'internal' : 'closed',
      name: typeof kept.name === 'string' ? kept.name : '',
      frame: {
        question: word('question'),
        inScope: word('inScope'),
        outOfScope: word('outOfScope'),
        result: word('result'),
        houseRule: word('houseRule'),
        endsOn: word('endsOn'),
        afterEnd: frame.afterEnd === 'gone' ? 'gone' : 'read',
      },
      hosts: peopleIn(kept.hosts),
      deputies: peopleIn(kept.deputies),
      members: peopleIn(kept.members),
    };
  } catch {
    return empty;
  }
}

/** Keeps what was filled in on this device; null forgets it. Answers whether the browser could. */
export function keepOpening(personId: string, opening: Opening | null): boolean {
  try {
    if (opening === null) localStorage.removeItem(key(personId));
    else localStorage.setItem(key(personId), JSON.stringify(opening));
    return true;
  } catch {
    return false;
  }
}

/** What is sent: a day that is not filled in is left out, so that the answer names it. */
export function toNewCircle({ kind, name, frame, hosts, deputies, members }: Opening): NewCircle {
  const { endsOn, ...words } = frame;
  const ids = (people: readonly Chosen[]) => people.map(({ id }) => id);
  return {
    kind,
    name,
    frame: { ...words, ...(endsOn ? { endsOn } : {}) },
    hosts: ids(hosts),
    deputies: ids(deputies),
    members: kind === 'closed' ? ids(members) : [],
  };
}

/** The step at which a part of a circle is filled in; `path` as the server names it. */
export function stepOf(path: string): Step {
  if (path === 'kind') return 'kind';
  if (path === 'hosts' || path.startsWith('hosts.') || path.startsWith('deputies')) return 'hosts';
  if (path.startsWith('members')) return 'members';
  return 'frame';
}

function peopleIn(some: unknown): Chosen[] {
  if (!Array.isArray(some)) return [];
  return some.filter((one) => typeof one?.id === 'string' && typeof one?.name === 'string');
}
