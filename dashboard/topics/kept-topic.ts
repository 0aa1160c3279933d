import type { NewTopic, Topic } from '../api-topics.ts';
import { draftKey } from '../talk/drafts.ts';
import { bases, colours, kinds } from './choices.ts';

/** A topic as it is being changed. `base` is the version it was begun from, 0 for none. */
export type TopicDraft = {
  base: number;
  name: string;
  kind: NewTopic['kind'];
  colour: NonNullable<NewTopic['colour']>;
  purpose: string;
  legalBasis: NonNullable<NewTopic['legalBasis']> | null;
  owner: string | null;
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
  query: '',
  sources: null,
  note: '',
});

/** A topic as the server has it, to be changed. */
export function draftOf(topic: Topic): TopicDraft {
  const { name, kind, colour, purpose, legalBasis, owner, version } = topic;
  const now = topic.versions[0];
  const sources = now?.sources?.map(({ id }) => id) ?? null;
  const asks = { base: version, query: now?.query ?? '', sources, note: '' };
  return { ...asks, name, kind, colour, purpose, legalBasis, owner: owner?.id ?? null };
}

const settings = ['name', 'kind', 'colour', 'purpose', 'legalBasis', 'owner'] as const;

/** What changed besides what is asked; empty when nothing did. */
export function changedSettings(draft: TopicDraft, saved: TopicDraft): Partial<TopicDraft> {
  return Object.fromEntries(settings.filter((part) => draft[part] !== saved[part]).map((part) => [part, draft[part]]));
}

/** Whether another version is being made: other words, or other sources. */
export function isAskingElse(draft: TopicDraft, saved: TopicDraft): boolean {
  const said = ({ query, sources }: TopicDraft) => JSON.stringify([query.trim(), sources && [...sources].sort()]);
  return said(draft) !== said(saved);
}

export function isChanged(draft: TopicDraft, saved: TopicDraft): boolean {
  return Object.keys(changedSettings(draft, saved)).length > 0 || isAskingElse(draft, saved) || draft.note !== '';
}

/** Where what a person changed of a topic is kept; null: of one that is being made. */
export const topicKey = (personId: string, topicId: string | null) => draftKey(personId, `topic ${topicId ?? 'new'}`);

/** What was kept, or null. Whatever cannot be a draft counts as none. */
export function readTopicDraft(key: string): TopicDraft | null {
  try {
    const { topic } = JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
    return isDraft(topic) ? topic : null;
  } catch {
    return null;
  }
}

/** Keeps it beside the other drafts, or forgets it. Answers whether the browser could. */
export function keepTopicDraft(key: string, topic: TopicDraft | null): boolean {
  try {
    if (topic === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ topic, keptAt: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

function isDraft(kept: unknown): kept is TopicDraft {
  if (typeof kept !== 'object' || kept === null) return false;
  const { base, name, kind, colour, purpose, legalBasis, owner, query, sources, note } = kept as Record<
    string,
    unknown
  >;
  const isAmong = (words: readonly string[], value: unknown) => words.includes(value as string);
  return (
    Number.isInteger(base) &&
    [name, purpose, query, note].every((text) => typeof text === 'string') &&
    isAmong(kinds, kind) &&
    isAmong(colours, colour) &&
    (legalBasis === null || isAmong(bases, legalBasis)) &&
    (owner === null || typeof owner === 'string') &&
    (sources === null || (Array.isArray(sources) && sources.every((id) => typeof id === 'string')))
  );
}
