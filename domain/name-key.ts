/** Letters of other scripts that look like Latin ones, which is how somebody would pass for another. */
const lookalikes = new Map(
  [...'аеорсухіјѕһԁԛԝкмтвнοαερτυνικχ'].map((letter, at) => [letter, [...'aeopcyxijshdqwkmtbhoaeptuvikx'][at]!]),
);
const apart = new Map(Object.entries({ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' }));

/** A name as a reader might mistake it for another: without case, accents, spaces, marks between words and letters that only look the same. */
export function nameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return [...plain].map((letter) => lookalikes.get(letter) ?? apart.get(letter) ?? letter).join('');
}
