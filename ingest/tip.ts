import { hash } from 'node:crypto';
import type { RawMention } from '#domain/mention.ts';
import { tokens } from '#domain/tokens.ts';
import { canonicalUrl } from './canonical-url.ts';

/** Stands in `mentions.connector` (S-21, S-27): handed in by a colleague. */
export const tipConnector = 'tip/1';

/**
 * The address somebody handed in, as everyone would write it; with or without a scheme, in quotes or brackets. null when it
 * is none, or none of the web.
 */
export function readTipAddress(written: string): string | null {
  const text = written.trim().replace(/^[<"'“„‘‚«([]+|[>"'”’»)\]]+$/gu, '');
  if (text === '' || /\s/.test(text)) return null;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return canonicalUrl(text);
  return /^[^/?#:]+\.[^/?#:]+(:\d{1,5})?([/?#]|$)/.test(text) ? canonicalUrl(`https://${text}`) : null;
}

/**
 * Who a mention is that was handed in. By its address where it has one, so that a second tip of it is the same mention; else
 * by its words, however they are spaced and punctuated. Authors are known by name within one site.
 */
export function tipIdentity(address: string | null, text: string | null): Pick<RawMention, 'namespace' | 'externalId'> {
  if (address !== null) return { namespace: `tip:${new URL(address).hostname}`, externalId: address };
  const words = tokens(text ?? '').join(' ') || (text ?? '').trim();
  return { namespace: 'tip', externalId: `text:${hash('sha256', words, 'hex')}` };
}

/** Words that somebody copied, as the mention they are. */
export function tipOfText(text: string, address: string | null): RawMention {
  return { ...tipIdentity(address, text), ...(address === null ? {} : { url: address }), text, kind: 'post' };
}
