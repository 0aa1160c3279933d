import type { Composed } from './written.ts';

const prefix = 'buitenwacht.draft ';
/** A draft nobody came back to is let go. */
const keptDays = 60;

/** What was written and not yet placed, for one person in one place. `title` and `link` where the place has them; `circle`: the one it is written for. */
export type Draft = Composed & { title?: string; link?: string; circle?: string };

/** What a browser that keeps nothing is spared until the page closes. */
const unkept = new Map<string, string>();

/** Where a draft is kept: one per person, thread and side. */
export function draftKey(personId: string, place: string): string {
  return `${prefix}${personId} ${place}`;
}

/** What was kept, or null. Whatever cannot be a draft counts as none. */
export function readDraft(key: string): Draft | null {
  try {
    const kept = JSON.parse(unkept.get(key) ?? localStorage.getItem(key) ?? 'null');
    if (typeof kept?.text !== 'string' || !Array.isArray(kept.tokens) || !Array.isArray(kept.quotes)) return null;
    const { text, tokens, quotes, title, link, circle } = kept;
    return {
      text,
      tokens: tokens.filter((token: unknown) => isToken(token)),
      quotes: quotes.filter((quote: unknown) => isQuote(quote)),
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof link === 'string' ? { link } : {}),
      ...(typeof circle === 'string' ? { circle } : {}),
    };
  } catch {
    return null;
  }
}

/** Keeps a draft, or forgets it where nothing is left of it. Answers whether the browser could. */
export function keepDraft(key: string, draft: Draft | null): boolean {
  const kept = draft === null || isEmpty(draft) ? null : JSON.stringify({ ...draft, keptAt: Date.now() });
  unkept.delete(key);
  try {
    if (kept === null) localStorage.removeItem(key);
    else localStorage.setItem(key, kept);
    return true;
  } catch {
    if (kept !== null) unkept.set(key, kept);
    return false;
  }
}

export function isEmpty({ text, quotes, title = '', link = '' }: Draft): boolean {
  return text.trim() === '' && quotes.length === 0 && title.trim() === '' && link.trim() === '';
}

/** Two drafts for one place as one: nothing that was typed is lost. Written for two circles, it is for none until that is chosen anew. */
export function joinDrafts(first: Draft, then: Draft): Draft {
  if (isEmpty(then)) return { ...then, ...first };
  const isForBoth = first.circle === undefined || then.circle === undefined || first.circle === then.circle;
  return {
    ...first,
    ...then,
    ...(isForBoth ? {} : { circle: '' }),
    text: [first.text, then.text].filter((text) => text.trim() !== '').join('\n\n'),
    tokens: [...first.tokens, ...then.tokens],
    quotes: [...first.quotes, ...then.quotes],
  };
}

/** Forgets what nobody came back to. */
export function forgetOldDrafts(now: number): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const { keptAt } = JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
      if (typeof keptAt !== 'number' || now - keptAt > keptDays * 86_400_000) localStorage.removeItem(key);
    }
  } catch {
    // Nothing can be read, so nothing is kept.
  }
}

function isToken(token: unknown): boolean {
  const { label, reference } = (token ?? {}) as Record<string, unknown>;
  return typeof label === 'string' && label !== '' && typeof reference === 'object' && reference !== null;
}

function isQuote(quote: unknown): boolean {
  const { id, from, to } = (quote ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && Number.isInteger(from) && Number.isInteger(to);
}
