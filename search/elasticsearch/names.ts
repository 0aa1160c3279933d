/**
 * Names in Elasticsearch, under the prefix of ELASTICSEARCH_INDEX. An index has a number of its own and is never asked by it: readers
 * and writers go through aliases, which move in one step when a new index is ready. Every write requires its alias, so that a name that
 * is gone is an error and not a new index with guessed mappings.
 */
export type IndexNames = {
  /** Asked by searches; stands only when the index holds everything. */
  read: string;
  /** Where changes go. */
  write: string;
  /** The index that is being made beside the living one. */
  building: string;
  /** All our indices, as a pattern. */
  every: string;
  /** The index with a number. */
  numbered: (number: number) => string;
  /** The number of one of ours, or null. */
  numberOf: (index: string) => number | null;
};

export function indexNames(prefix: string): IndexNames {
  const base = `${prefix}-documents`;
  return {
    read: base,
    write: `${base}-write`,
    building: `${base}-building`,
    every: `${base}-0*`,
    numbered: (number) => `${base}-${String(number).padStart(6, '0')}`,
    numberOf(index) {
      const digits = index.startsWith(`${base}-`) ? index.slice(base.length + 1) : '';
      return /^0\d{5}$/.test(digits) ? Number(digits) : null;
    },
  };
}
