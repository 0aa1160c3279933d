/** What one document may cost (quality/reliability.md section 9). Texts in UTF-16 code units. */
export const feedLimits = {
  depth: 64,
  attributes: 64,
  nameLength: 256,
  items: 2000,
  textLength: 256 * 1024,
  titleLength: 1024,
} as const;
