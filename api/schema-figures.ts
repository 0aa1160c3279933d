import { z } from '@hono/zod-openapi';
import { SourceRef } from './schema.ts';
import { SourceId, TopicId, When } from './schema-ids.ts';
import { TopicRef } from './schema-topics.ts';

const Day = z.iso.date();

/** Days of the installation's time zone, both included, at most 366; left out: the four weeks up to today. */
export const FiguresQuery = z.object({
  from: Day.optional(),
  to: Day.optional(),
  source: SourceId.optional(),
  topic: TopicId.optional(),
  language: z
    .string()
    .regex(/^([a-z]{2,3}|und)$/)
    .optional(),
});

const count = z.number().int();
/** Stories by the tone of their first mention. `unsure` is part of each tone; `unclear` stands beside them. */
const Tones = z.object({
  negative: z.object({ sure: count, unsure: count }),
  neutral: z.object({ sure: count, unsure: count }),
  positive: z.object({ sure: count, unsure: count }),
  unclear: count,
});

/** Every figure counts stories (outside threads by the day of their first mention) that the reader may see, unless it says mentions. */
export const Figures = z
  .object({
    from: Day,
    to: Day,
    timeZone: z.string(),
    /** The day it is there: not over yet. */
    today: Day,
    countedAt: When,
    /** Fewer than this and nothing is said about shares. */
    tooFewBelow: count,
    totals: z.object({
      mentions: count,
      stories: count,
      discussed: count,
      answered: count,
      unanswered: count,
      /** Of the stories: those whose words expired undiscussed. They count, but stand in no list any more. */
      unlisted: count,
      tones: Tones,
    }),
    /** The period of equal length before it. */
    before: z.object({ mentions: count, stories: count, discussed: count, answered: count, tones: Tones }),
    days: z.array(z.object({ day: Day, mentions: count, stories: count, tones: Tones })),
    /** A story counts for every source it was seen in, a mention for its own; most stories first. */
    sources: z.array(z.object({ source: SourceRef, mentions: count, stories: count, tones: Tones })),
    /** The same by topic; what no topic found is in none. Empty while there are no topics. */
    topics: z.array(z.object({ topic: TopicRef, mentions: count, stories: count, tones: Tones })),
    languages: z.array(z.object({ language: z.string(), mentions: count, stories: count })),
    /** What the figures lack: sources that have not answered for a day or longer, and since when. */
    gaps: z.array(z.object({ source: SourceRef, since: When })),
  })
  .openapi('Figures');
