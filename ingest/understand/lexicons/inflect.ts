/**
 * The other forms of a Dutch adjective: groot → grote, groter, grootst, grootste; lief → lieve; snel → snelle. By the rules
 * of Dutch spelling; a form that does not exist does no harm, because nobody writes it.
 */
export function adjectiveForms(lemma: string): string[] {
  if (!/^[a-zà-ÿ]{3,}$/.test(lemma) || lemma.endsWith('e')) return [];
  const stem = stemBeforeVowel(lemma);
  const superlative = lemma.endsWith('s') ? `${lemma}t` : `${lemma}st`;
  return [`${stem}e`, lemma.endsWith('r') ? `${lemma}der` : `${stem}er`, superlative, `${superlative}e`];
}

/** The stem as it is written before an ending that begins with a vowel. */
function stemBeforeVowel(lemma: string): string {
  const long = /^(.*[^aeiou])(aa|ee|oo|uu)([bdfgklmnprst])$/.exec(lemma);
  if (long) return long[1]! + long[2]![0]! + voiced(long[3]!);
  // One vowel, one consonant in a single syllable doubles it; -ig, -lijk, -isch and unstressed endings do not.
  if (/^[^aeiouy]*[aeiou][bdfgklmnprst]$/.test(lemma)) return lemma + lemma.at(-1)!;
  if (/(?:ie|ij|ei|eu|ou|ui|oe|lz|nz|rz)[fs]$/.test(lemma)) return lemma.slice(0, -1) + voiced(lemma.at(-1)!);
  return lemma;
}

function voiced(consonant: string): string {
  return consonant === 'f' ? 'v' : consonant === 's' ? 'z' : consonant;
}
