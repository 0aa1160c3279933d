import type { LegalBasis, TopicColour, TopicKind } from '#domain/topic.ts';

// The words of domain/topic.ts in the order in which they are offered; by type alone, so that no schema comes along.
export const kinds: readonly TopicKind[] = ['ourselves', 'product', 'competitor', 'theme'];
export const colours: readonly TopicColour[] = ['teal', 'blue', 'violet', 'rose', 'red', 'amber', 'green', 'grey'];
/** Who sees the stories that a topic finds. */
export const audiences: readonly ('all' | 'desk')[] = ['all', 'desk'];
export const bases: readonly LegalBasis[] = [
  'public-task',
  'legitimate-interest',
  'consent',
  'contract',
  'legal-obligation',
  'vital-interest',
];
/** How far back a version can be applied, besides not at all. */
export const daysBack = [7, 30, 90, 180] as const;
