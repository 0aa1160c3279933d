import { z } from 'zod';

/** W-08, first part: what waits for an answer, who has it, and how it ended. */
export const caseStates = ['open', 'taken', 'answered', 'unanswered'] as const;
export const CaseState = z.enum(caseStates);
export type CaseState = z.infer<typeof CaseState>;

/** W-09: why something gets no answer. `other` needs a note. */
export const noAnswerReasons = [
  'not-about-us',
  'no-question',
  'answered-elsewhere',
  'no-way-to-answer',
  'abuse',
  'other',
] as const;
export const NoAnswerReason = z.enum(noAnswerReasons);
export type NoAnswerReason = z.infer<typeof NoAnswerReason>;

/** What was written longer before we read it than this waits for no answer: the backlog of a source that is new to us. */
export const longestWaitDays = 30;

/** Kinds of source whose writers expect an answer: the default when a source is added. */
export function expectsAnswer(sourceKind: string): boolean {
  return sourceKind === 'forum' || sourceKind === 'review' || sourceKind === 'social';
}
