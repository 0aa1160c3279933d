import fc from 'fast-check';
import type { RawMention } from '#domain/mention.ts';

/** Any text, and above all text that looks like markup, addresses, dates and what databases refuse. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      '\0',
      '\ud800',
      '\n',
      'a',
      '/',
      ':',
      '&#0;',
      '<p>',
      '<a href=',
      'http://',
      '@',
      '2026',
      '-11',
      '%',
      '\u202e',
    ),
  }),
  fc.webUrl(),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** A raw mention with whatever a source could put into it, for tests that generate. */
export const anyRawMention = fc
  .record({
    externalId: hostileText,
    namespace: fc.constantFrom('feed:1', 'mastodon'),
    kind: fc.constantFrom('article' as const, 'review' as const),
    altIds: maybe(fc.array(hostileText)),
    url: maybe(hostileText),
    urlIsOwn: maybe(fc.boolean()),
    author: maybe(fc.record({ name: hostileText, handle: hostileText, url: hostileText, externalId: hostileText })),
    title: maybe(hostileText),
    html: maybe(hostileText),
    text: maybe(hostileText),
    baseUrl: maybe(hostileText),
    language: maybe(hostileText),
    publishedRaw: maybe(hostileText),
    editedRaw: maybe(hostileText),
    rating: maybe(fc.record({ value: fc.double(), best: fc.double() })),
    inReplyTo: maybe(hostileText),
    media: maybe(
      fc.array(
        fc.record({ type: fc.constant('image' as const), url: hostileText, alt: hostileText, bytes: fc.double() }),
      ),
    ),
  })
  .map((raw) => Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)) as RawMention);
