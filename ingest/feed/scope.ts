import { pick } from './node.ts';

/** What an element inherits: the base for its addresses and its language. */
export type Scope = {
  base: string;
  /** True when an xml:base said so, false when it is only the address of the document. */
  baseIsDeclared: boolean;
  language: string | undefined;
};

/** The scope inside an element with these attributes: xml:base resolved against the outer one, xml:lang replaced. */
export function within(scope: Scope, attributes: Record<string, string> | undefined): Scope {
  if (!attributes) return scope;
  const base = pick(attributes, 'xml:base');
  const resolved = base === undefined ? undefined : absolute(base, scope.base);
  const written = Object.hasOwn(attributes, 'xml:lang') ? attributes['xml:lang'] : undefined;
  if (resolved === undefined && written === undefined) return scope;
  return {
    base: resolved ?? scope.base,
    baseIsDeclared: resolved !== undefined || scope.baseIsDeclared,
    // An empty xml:lang takes the outer language away (XML 1.0, 2.12).
    language: written === undefined ? scope.language : languageTag(written),
  };
}

/** The absolute form of a web address as written; undefined when empty and for anything but http and https. */
export function absolute(written: string, base: string): string | undefined {
  const trimmed = written.trim();
  if (trimmed === '' || trimmed.length > 4096) return undefined;
  const url = URL.parse(trimmed, URL.canParse(base) ? base : undefined);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : undefined;
}

/** A language tag when it looks like one: 'nl', 'en-GB' (also written en_GB). */
export function languageTag(written: string | undefined): string | undefined {
  const tag = written?.trim().replaceAll('_', '-');
  return tag && tag.length <= 35 && /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag : undefined;
}
