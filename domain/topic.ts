import { z } from 'zod';

/** What a topic is about: it decides how it is compared (share of voice needs competitors beside ourselves). */
export const topicKinds = ['ourselves', 'product', 'competitor', 'theme'] as const;
export const TopicKind = z.enum(topicKinds);
export type TopicKind = z.infer<typeof TopicKind>;

/** By name, so that both themes of the dashboard draw it with enough contrast. */
export const topicColours = ['teal', 'blue', 'violet', 'rose', 'red', 'amber', 'green', 'grey'] as const;
export const TopicColour = z.enum(topicColours);
export type TopicColour = z.infer<typeof TopicColour>;

/** GDPR article 6 (1): why we may keep what a topic finds. Nothing is collected without. */
export const legalBases = [
  'public-task',
  'legitimate-interest',
  'consent',
  'contract',
  'legal-obligation',
  'vital-interest',
] as const;
export const LegalBasis = z.enum(legalBases);
export type LegalBasis = z.infer<typeof LegalBasis>;

/** `draft`: has never collected. Only an active topic collects. */
export const topicStates = ['draft', 'active', 'paused'] as const;
export const TopicState = z.enum(topicStates);
export type TopicState = z.infer<typeof TopicState>;

export const runStates = ['waiting', 'running', 'done', 'undoing', 'undone', 'failed'] as const;
export const RunState = z.enum(runStates);
export type RunState = z.infer<typeof RunState>;

/** Why a run failed: what it asks cannot be asked any more, or it broke off at each attempt. */
export const RunFailure = z.enum(['query', 'broke']);
export type RunFailure = z.infer<typeof RunFailure>;

/** More and nobody oversees them; matching would bear ten times as many. */
export const mostTopics = 1_000;
/** A run can be undone this long after it was asked for. */
export const undoDays = 7;
/** As far back as texts are kept. */
export const mostRunDays = 180;
/** Judgements that precision is measured over, and fewer than which it says nothing. */
export const judgedOver = 100;
export const tooFewJudged = 20;

/** What a topic lacks before it may collect. */
export type MissingPart = 'legal-basis' | 'query';
export function missingToStart(topic: { legalBasis: string | null; version: number }): MissingPart[] {
  return [
    ...(topic.legalBasis === null ? (['legal-basis'] as const) : []),
    ...(topic.version === 0 ? (['query'] as const) : []),
  ];
}
