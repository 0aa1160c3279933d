/** A tsvector as PostgreSQL writes it (`'brug':3,7 'de':1A`): each lexeme with its positions, which may be none. */
export function parseTsvector(text: string): Map<string, number[]> {
  const lexemes = new Map<string, number[]>();
  for (let i = 0; i < text.length; ) {
    let end = closingQuote(text, i + 1);
    const written = text.slice(i + 1, end);
    // Quotes and backslashes stand twice.
    const lexeme = /['\\]/.test(written) ? written.replace(/(['\\])\1/g, '$1') : written;
    const positions: number[] = [];
    end += 1;
    if (text[end] === ':') {
      let number = 0;
      for (end += 1; end <= text.length; end++) {
        const code = text.charCodeAt(end);
        // Digits; then, after a weight (A to D), a comma or the end of the lexeme.
        if (code >= 0x30 && code <= 0x39) number = number * 10 + code - 0x30;
        else if (code !== 0x2c && code >= 0x41) continue;
        else {
          positions.push(number);
          number = 0;
          if (code !== 0x2c) break;
        }
      }
    }
    lexemes.set(lexeme, positions);
    i = end + 1;
  }
  return lexemes;
}

function closingQuote(text: string, from: number): number {
  for (let i = from; ; i++) {
    i = text.indexOf("'", i);
    if (text[i + 1] !== "'") return i;
    i += 1;
  }
}
