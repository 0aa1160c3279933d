import type { estypes } from '@elastic/elasticsearch';

/**
 * What an index of ours is. Explicit to the last field: what is not named here is not indexed. No field is scored by how rare a
 * word is (similarity boolean, no norms), because that would change when text is added that the asker may not see (design section 8).
 */
export const settings: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
  // Newest first is the order of almost every answer: a segment that is in this order is read only as far as the page goes.
  sort: { field: ['sortAt', 'kind', 'id'], order: ['desc', 'desc', 'desc'] },
  // How long a deletion is remembered, so that a write from before it stays refused.
  gc_deletes: '10m',
  analysis: {
    // Our own tokens (domain/tokens.ts), which hold no white space; at most 100 units long, so nothing is cut here.
    tokenizer: { tokens: { type: 'whitespace', max_token_length: 1000 } },
    analyzer: { tokens: { type: 'custom', tokenizer: 'tokens', filter: [] } },
  },
};

const keyword: estypes.MappingProperty = { type: 'keyword', norms: false };
const tokens: estypes.MappingProperty = {
  type: 'text',
  analyzer: 'tokens',
  similarity: 'boolean',
  norms: false,
  position_increment_gap: 100,
};

export const mappings: estypes.MappingTypeMapping = {
  dynamic: false,
  // Words are for finding, not for reading: nobody's text can be read back from here, and an index is made again from PostgreSQL.
  _source: { enabled: false },
  properties: {
    kind: { type: 'byte' },
    id: { type: 'long' },
    threadId: { type: 'long' },
    circle: { type: 'integer' },
    home: { type: 'integer' },
    sortAt: { type: 'date', format: 'epoch_millis' },
    /** Two values, title and text, a hundred positions apart: no phrase runs from one into the other. */
    words: tokens,
    /** The title once more, for what stands in it coming first. */
    title: tokens,
    terms: { ...keyword, doc_values: false },
    stems: { ...keyword, doc_values: false },
    source: { type: 'long' },
    type: keyword,
    language: keyword,
    tone: keyword,
    topics: { type: 'integer' },
    /** State of the thread's case, and `discussed:<circle>` for each circle in which somebody replied. */
    status: keyword,
    /** A number made of id and version, whose sum over many documents tells whether two sides hold the same. */
    check: { type: 'long', index: false },
    version: { type: 'long', index: false },
  },
};
