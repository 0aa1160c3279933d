/** What a tip begins with. */
export type Shared = { address: string; text: string };

const longestAddress = 2_000;
const longestText = 20_000;
const findAddress = /https?:\/\/[^\s<>"]+/i;

/**
 * What the bookmarklet or the share menu of a phone put in the address, `?url&text&title`. Many apps share a link inside
 * the text and leave `url` empty (W3C Web Share Target says that they may); a title alone says less than its page.
 */
export function sharedIn(search: string): Shared {
  const query = new URLSearchParams(search);
  const given = (name: string) => (query.get(name) ?? '').replaceAll('\0', '').trim();
  const [url, text, title] = [given('url'), given('text'), given('title')];
  const inText = findAddress.exec(text)?.[0].replace(/[).,;!?'”’]+$/, '') ?? '';
  const address = isAddress(url) ? url : isAddress(inText) ? inText : '';
  const rest = (address === inText ? text.replace(inText, '') : text).trim();
  const words = rest === title ? '' : rest;
  if (address !== '') return { address, text: words.slice(0, longestText) };
  return { address: '', text: [title, words].filter(Boolean).join('\n\n').slice(0, longestText) };
}

function isAddress(text: string): boolean {
  return text.length <= longestAddress && /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

/** A bookmark that opens the tip page of `origin` with the address one is on, its title and what is selected there. */
export function bookmarklet(origin: string): string {
  const page = JSON.stringify(`${origin}/tips?url=`);
  const part = (name: string, value: string) => `+'&${name}='+encodeURIComponent(${value})`;
  const address = `${page}+encodeURIComponent(location.href)${part('title', 'document.title')}${part('text', 'String(getSelection()).slice(0,4000)')}`;
  return `javascript:${encodeURIComponent(`void open(${address},'_blank','noopener')`)}`;
}
