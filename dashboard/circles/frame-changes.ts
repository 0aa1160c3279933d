import { wordDifference } from '#domain/word-difference.ts';
import type { FrameVersions } from '../api-circles.ts';
import type { Opening } from './opening.ts';

const parts = ['question', 'inScope', 'outOfScope', 'result', 'endsOn', 'afterEnd', 'houseRule'] as const;

/** What saving a frame would change, part by part; days and choices change as a whole. */
export function changesBetween(
  before: Opening['frame'],
  after: Opening['frame'],
): FrameVersions['frames'][number]['changes'] {
  return parts.flatMap((part) => {
    const [was, is] = [before[part], after[part].trim()];
    if (was === is) return [];
    const isWhole = part === 'endsOn' || part === 'afterEnd';
    const whole = [
      { kind: 'removed' as const, text: was },
      { kind: 'added' as const, text: is },
    ];
    return [{ part, pieces: isWhole ? whole : wordDifference(was, is) }];
  });
}
