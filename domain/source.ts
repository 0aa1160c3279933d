import { z } from 'zod';

/** What a source is to a reader; decides nothing but the word shown. */
export const sourceKinds = [
  'news',
  'blog',
  'forum',
  'review',
  'social',
  'video',
  'podcast',
  'organisation',
  'other',
] as const;
export const SourceKind = z.enum(sourceKinds);
export type SourceKind = z.infer<typeof SourceKind>;

/** What a source keeps is said when it is added and never changes by implication; 'matched': what a topic matches, of the rest no word. */
export const Keeps = z.enum(['everything', 'matched']);
export type Keeps = z.infer<typeof Keeps>;

/** `stopped`: the source itself said it is gone for good (410); `paused`: a person did. */
export const SourceState = z.enum(['active', 'paused', 'stopped']);
export type SourceState = z.infer<typeof SourceState>;

/**
 * Health as facts; the sentence is made from it by `domain/health.ts` in the reader's language.
 * `fine` runs well, `falters` will mend itself or be retried, `needs-you` waits for a person.
 */
export const Health = z.object({
  level: z.enum(['new', 'fine', 'falters', 'needs-you', 'paused', 'stopped']),
  /** Stable word for the sentence, for instance 'ok', 'denied', 'silent', 'contact-missing'. */
  reason: z.string(),
  status: z.number().nullable(),
  since: z.iso.datetime({ offset: true }).nullable(),
  lastItemAt: z.iso.datetime({ offset: true }).nullable(),
  nextPollAt: z.iso.datetime({ offset: true }).nullable(),
  /** Median gap between its own items, in seconds, when it has at least five. */
  medianGapSeconds: z.number().nullable(),
});
export type Health = z.infer<typeof Health>;
