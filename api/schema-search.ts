import { z } from '@hono/zod-openapi';
import { SourceRef, ThreadRow } from './schema.ts';
import { CircleRef, MentionId, PersonRef, ReplyId, SearchId, When } from './schema-ids.ts';
import { isLine, Storable } from './schema-text.ts';

/** Search: one box over what was said outside and inside. Offsets everywhere are UTF-16 characters. */

/** A question in the query language (docs/query-language.md), as it was typed. */
const Question = Storable.max(4000);
export const SearchSort = z.enum(['newest', 'best']);

export const SearchQuery = z.object({
  q: Question,
  sort: SearchSort.default('newest'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const FacetsQuery = z.object({ q: Question });

/** Words that matched: of the title, or of the excerpt. */
const Highlight = z.object({
  part: z.enum(['title', 'excerpt']),
  from: z.number().int(),
  to: z.number().int(),
});

const hit = {
  /** Of a mention, or of the conversation that a reply begins. */
  title: z.string().nullable(),
  at: When,
  /** Around the first words that matched; plain text. */
  excerpt: z.string(),
  /** Whether the text goes on before and after the excerpt. */
  cut: z.object({ before: z.boolean(), after: z.boolean() }),
  highlights: z.array(Highlight),
};
/** A mention or reply in which the query was found. */
export const SearchHit = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('mention'),
      id: MentionId,
      /** null when the source named none. */
      author: z.string().nullable(),
      source: SourceRef.nullable(),
      ...hit,
    }),
    z.object({ kind: z.literal('reply'), id: ReplyId, person: PersonRef, circle: CircleRef, ...hit }),
  ])
  .openapi('SearchHit');

/** A thread with what was found in it, of which `hits` has the first three in the order asked for. */
export const FoundThread = z
  .object({ thread: ThreadRow, hits: z.array(SearchHit), moreHits: z.boolean() })
  .openapi('FoundThread');

/** Which engine answered. `fellBack`: the one that should have did not answer in time; the answer is as right, only slower. */
const answered = { engine: z.enum(['postgres', 'elasticsearch']), fellBack: z.boolean() };

export const SearchPage = z
  .object({
    threads: z.array(FoundThread),
    cursor: z.string().nullable(),
    /** Mentions and replies found; null when that would take longer than the page (GET /api/search/facets tells). */
    total: z.number().int().nullable(),
    ...answered,
  })
  .openapi('SearchPage');

/** One value of a facet. `query`: the question narrowed to it, or widened again where it is `on`. */
export const FacetValue = z
  .object({
    /** A word of the query language (`negative`, `nl`); of what has a name its public id. */
    value: z.string(),
    /** The name of a source, topic or circle; null where the value is a word. */
    name: z.string().nullable(),
    count: z.number().int(),
    on: z.boolean(),
    query: z.string(),
  })
  .openapi('FacetValue');

const facetNames = ['side', 'source', 'type', 'topic', 'sentiment', 'language', 'status', 'circle'] as const;
/** Values with the most mentions and replies first, at most 20 of each; a facet with nothing to choose is empty. */
export const SearchFacets = z
  .object({
    total: z.number().int(),
    /** Counted in a sample: about what there is. */
    estimated: z.boolean(),
    facets: z.object(
      Object.fromEntries(facetNames.map((name) => [name, z.array(FacetValue)])) as Record<
        (typeof facetNames)[number],
        z.ZodArray<typeof FacetValue>
      >,
    ),
    ...answered,
  })
  .openapi('SearchFacets');

export const SuggestQuery = z.object({
  q: Question,
  /** Where the caret stands; left out: at the end. */
  at: z.coerce.number().int().min(0).max(4000).optional(),
});

/** Something that can be filled in at the caret: `query` is the box after choosing it, `at` where the caret then stands. */
export const Suggestion = z
  .object({
    kind: z.enum(['word', 'topic', 'source', 'search', 'value']),
    text: z.string(),
    query: z.string(),
    at: z.number().int(),
  })
  .openapi('Suggestion');
export const Suggestions = z
  .object({
    suggestions: z.array(Suggestion).max(10),
    /** The question with the words that nobody uses here written as words that are used; null when all are known. */
    didYouMean: z
      .object({ query: z.string(), changed: z.array(z.object({ from: z.number().int(), to: z.number().int() })) })
      .nullable(),
  })
  .openapi('Suggestions');

/** A question kept. `feed`: whether the reader has a private address for it, and the day it was last read. */
export const SavedSearch = z
  .object({
    id: SearchId,
    name: z.string(),
    /** In the words of the language of the request (AND or EN); it asks the same in each. */
    query: z.string(),
    sort: SearchSort,
    /** All colleagues have it in their list; what it finds is for each what they may see. */
    shared: z.boolean(),
    owner: PersonRef,
    own: z.boolean(),
    feed: z.object({ madeAt: When, readOn: z.iso.date().nullable() }).nullable(),
    createdAt: When,
    version: z.number().int(),
  })
  .openapi('SavedSearch');
export const SavedSearches = z.object({ searches: z.array(SavedSearch) }).openapi('SavedSearches');

const Name = Storable.trim().min(1).max(100).refine(isLine);
const said = { name: Name, query: Question, sort: SearchSort, shared: z.boolean() };
export const NewSearch = z.object({ ...said, sort: SearchSort.default('newest'), shared: z.boolean().default(false) });
export const ChangeSearch = z.object(said).partial().extend({ version: z.number().int() });

/** The private addresses of a search, shown this once: whoever has one reads what its person may see. */
export const SearchFeed = z.object({ atom: z.url(), json: z.url() }).openapi('SearchFeed');
