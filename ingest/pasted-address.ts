/** What somebody pasted, understood without asking anyone. */
export type Pasted =
  | { is: 'account'; server: string; name: string }
  | { is: 'hashtag'; server: string; tag: string }
  | { is: 'bluesky'; actor: string }
  | { is: 'web'; url: URL; schemeWasTyped: boolean };

const hostname = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?(?::\d{1,5})?`;
const account = new RegExp(`^(?:acct:)?@?([\\w.-]{1,64})@(${hostname})$`, 'iu');
const hashtag = new RegExp(`^#([\\p{L}\\p{N}_]{1,100})@(${hostname})$`, 'iu');
const blueskyHandle = /^@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})$|^([a-z0-9-]{1,63}\.bsky\.social)$/i;
const did = /^(?:at:\/\/)?(did:(?:plc|web):[a-zA-Z0-9._:%-]{1,200})/;

/** Sites that write `/@name` and are no Mastodon. */
const otherAtSites =
  /(^|\.)(medium|youtube|tiktok|threads|flickr|substack|npmjs|observablehq|rumble|odysee)\.(com|net)$/;

/** Reads an address as people paste it: without scheme, with spaces, as a handle; null when it can't be one. */
export function readPasted(written: string): Pasted | null {
  if (written.length > 4000) return null;
  const text = written
    .trim()
    .replace(/^[<"'“„‘‚«([]+|[>"'”’»)\]]+$/gu, '')
    .replace(/[\s\u200b\u2060\ufeff]+/g, '');
  if (text === '') return null;
  const tagged = hashtag.exec(text);
  if (tagged) return { is: 'hashtag', tag: tagged[1]!, server: tagged[2]!.toLowerCase() };
  const named = /^(@|acct:)/i.test(text) ? account.exec(text) : null;
  if (named) return { is: 'account', name: named[1]!, server: named[2]!.toLowerCase() };
  const actor = did.exec(text)?.[1] ?? blueskyHandle.exec(text)?.slice(1).find(Boolean);
  if (actor !== undefined) return { is: 'bluesky', actor };
  return readWeb(text.replace(/^feed:(\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'));
}

function readWeb(text: string): Pasted | null {
  const schemeWasTyped = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = URL.parse(schemeWasTyped ? text : `https://${text.replace(/^\/+/, '')}`);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[') && url.hostname !== 'localhost') return null;
  url.hash = '';
  const profile = url.hostname === 'bsky.app' ? /^\/profile\/([^/]{3,260})/.exec(url.pathname)?.[1] : undefined;
  if (profile !== undefined) return { is: 'bluesky', actor: safeDecode(profile) };
  return { is: 'web', url, schemeWasTyped };
}

/** The Mastodon account or hashtag that a web address may be; whether it is, the server has to say. */
export function mastodonBehind(url: URL): Pasted | null {
  if (otherAtSites.test(url.hostname)) return null;
  const name = /^\/(?:web\/)?@([\w.-]{1,64})(?:@([\w.:-]{1,253}))?\/?$/.exec(url.pathname);
  if (name) return { is: 'account', name: name[1]!, server: name[2]?.toLowerCase() ?? serverOf(url) };
  const tag = /^\/tags\/([^/]{1,200})\/?$/.exec(url.pathname)?.[1];
  return tag === undefined ? null : { is: 'hashtag', tag: safeDecode(tag), server: serverOf(url) };
}

/** A host name, or the whole origin where it is not https on 443: what the mastodon connector takes. */
const serverOf = (url: URL): string => (url.protocol === 'https:' && url.port === '' ? url.hostname : url.origin);

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
