import type { NewTopic, Topic } from '../api-topics.ts';
import { draftKey } from '../talk/drafts.ts';
import { audiences, bases, colours, kinds } from './choices.ts';

/** A topic as it is being changed. `base` is the version it was begun from, 0 for none. */
export type TopicDraft = {
  base: number;
  name: string;
  kind: NewTopic['kind'];
  colour: NonNullable<NewTopic['colour']>;
  purpose: string;
  legalBasis: NonNullable<NewTopic['legalBasis']> | null;
  owner: string | null;
  /** Who sees the stories it finds. */
  audience: NonNullable<NewTopic['audience']>;
  query: string;
  /** null: every source. */
  sources: string[] | null;
  note: string;
};

/** What a new topic begins with. */
export const blankTopic = (personId: string): TopicDraft => ({
  base: 0,
  name: '',
  kind: 'theme',
  colour: 'teal',
  purpose: '',
  legalBasis: null,
  owner: personId,
  audience: 'all',
  query: '',
  sources: null,
  note: '',
});

/** A topic as the server has it, to be changed. */
export function draftOf(topic: Topic): TopicDraft {
  const { name, kind, colour, purpose, legalBasis, owner, audience, version } = topic;
  const now = topic.versions[0];
  const sources = now?.sources?.map(({ id }) => id) ?? null;
  const asks = { base: version, query: now?.query ?? '', sources, note: '' };
  return { ...asks, name, kind, colour, purpose, legalBasis, owner: owner?.id ?? null, audience };
}

const settings = ['name', 'kind', 'colour', 'purpose', 'legalBasis', 'owner', 'audience'] as const;

/** What was changed and not saved, by its part; what was not changed follows the server. */
export type Changes = Partial<Omit<TopicDraft, 'base'>>;
/** `base` is the version from which what is asked was begun. */
export type Kept = { base: number; changes: Changes };

/** What of a topic differs from what the server has. */
export function changesOf(draft: TopicDraft, saved: TopicDraft): Changes {
  const { query, sources, note } = draft;
  return {
    ...changedSettings(draft, saved),
    // As it is typed: a space at its end is where the next word begins.
    ...(query === saved.query ? {} : { query }),
    ...(sameSources(sources, saved.sources) ? {} : { sources }),
    ...(note === '' ? {} : { note }),
  };
}

/** What changed besides what is asked; empty when nothing did. */
export function changedSettings(draft: TopicDraft, saved: TopicDraft): Changes {
  return Object.fromEntries(settings.filter((part) => draft[part] !== saved[part]).map((part) => [part, draft[part]]));
}

/** Whether another version is being made: other words, or other sources. */
export const isAskingElse = ({ query, ...changes }: Changes, saved: TopicDraft): boolean =>
  (query !== undefined && query.trim() !== saved.query.trim()) || 'sources' in changes;

const sameSources = (one: string[] | null, other: string[] | null) =>
  JSON.stringify(one && [...one].sort()) === JSON.stringify(other && [...other].sort());

/** Where what a person changed of a topic is kept; null: of one that is being made. */
export const topicKey = (personId: string, topicId: string | null) => draftKey(personId, `topic ${topicId ?? 'new'}`);

/** What was kept, or null. Whatever cannot be that counts as none. */
export function readKept(key: string): Kept | null {
  try {
    const { topic } = JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
    return isKept(topic) ? { base: topic.base, changes: topic.changes } : null;
  } catch {
    return null;
  }
}

/** Keeps it beside the other drafts, or forgets it. Answers whether the browser could. */
export function keepTopic(key: string, topic: Kept | null): boolean {
  try {
    if (topic === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ topic, keptAt: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

const isText = (value: unknown) => typeof value === 'string';
const isAmong = (words: readonly string[]) => (value: unknown) => words.includes(value as string);
const fits: Record<keyof Changes, (value: unknown) => boolean> = {
  name: isText,
  purpose: isText,
  query: isText,
  note: isText,
  kind: isAmong(kinds),
  colour: isAmong(colours),
  legalBasis: (value) => value === null || isAmong(bases)(value),
  owner: (value) => value === null || isText(value),
  audience: isAmong(audiences),
  sources: (value) => value === null || (Array.isArray(value) && value.every(isText)),
};

function isKept(kept: unknown): kept is Kept {
  const { base, changes } = (kept ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(base) || typeof changes !== 'object' || changes === null) return false;
  return Object.entries(changes).every(
    ([part, value]) => Object.hasOwn(fits, part) && fits[part as keyof Changes](value),
  );
}
