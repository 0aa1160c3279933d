/** Which characters of a mention's text were chosen. */
export type QuoteRange = { from: number; to: number };

/**
 * Where a selection lies in the text of a mention. What is shown is its HTML, whose white space and list dashes differ from
 * the text: both are walked together by what can be seen. Null when they do not say the same, so that nobody is quoted with
 * other words than they chose.
 *
 * @param shown all that stands on the page of the mention, `from` and `to` in it
 */
export function rangeInText(text: string, shown: string, from: number, to: number): QuoteRange | null {
  if (from >= to) return null;
  const places = placesInText(text, shown);
  if (!places) return null;
  let first = -1;
  let last = -1;
  for (let at = from; at < to; at += 1) {
    const place = places[at]!;
    if (place < 0) continue;
    if (first < 0) first = place;
    last = place;
  }
  if (first < 0) return null;
  return { from: startOf(text, first), to: endOf(text, last + 1) };
}

/** For each character that is shown its place in the text, -1 for white space; null when they do not match. */
export function placesInText(text: string, shown: string): Int32Array | null {
  const places = new Int32Array(shown.length).fill(-1);
  let at = 0;
  for (let index = 0; index < shown.length; index += 1) {
    if (isSpace(shown, index)) continue;
    at = skipSpace(text, at);
    // The text has a dash before each item of a list, which the page draws itself.
    if (isListDash(text, at) && !agree(text, at, shown, index)) at = skipSpace(text, at + 1);
    if (text[at] !== shown[index]) return null;
    places[index] = at;
    at += 1;
  }
  // More text than is shown would be a text of something else.
  at = skipSpace(text, at);
  while (at < text.length && isListDash(text, at)) at = skipSpace(text, at + 1);
  return at === text.length ? places : null;
}

/** Whether both go on the same for a while: a dash at the start of a line may also have been typed. */
function agree(text: string, at: number, shown: string, index: number): boolean {
  let [left, right] = [at, index];
  for (let seen = 0; seen < 8; seen += 1) {
    left = skipSpace(text, left);
    right = skipSpace(shown, right);
    if (left >= text.length || right >= shown.length) return true;
    if (text[left] !== shown[right]) return false;
    left += 1;
    right += 1;
  }
  return true;
}

function isListDash(text: string, at: number): boolean {
  return text[at] === '-' && (at === 0 || text[at - 1] === '\n') && (text[at + 1] === ' ' || at + 1 === text.length);
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && isSpace(text, next)) next += 1;
  return next;
}

function isSpace(text: string, at: number): boolean {
  return /[\s\u00a0\u200b]/.test(text[at]!);
}

/** Not between the halves of one character. */
function startOf(text: string, at: number): number {
  return at > 0 && isLowHalf(text, at) ? at - 1 : at;
}

function endOf(text: string, at: number): number {
  return at < text.length && isLowHalf(text, at) ? at + 1 : at;
}

function isLowHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** The selection of the page within `element`, as characters of its text; null when it is empty or reaches outside. */
export function selectionWithin(element: HTMLElement): { shown: string; from: number; to: number } | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const upTo = (node: Node, offset: number) => {
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(node, offset);
    return before.toString().length;
  };
  const from = upTo(range.startContainer, range.startOffset);
  const to = upTo(range.endContainer, range.endOffset);
  return from < to ? { shown: element.textContent ?? '', from, to } : null;
}
