import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawMention } from '#domain/mention.ts';
import { anyRawMention } from '#test/any-raw-mention.ts';
import { prepareMentions } from './prepare.ts';

const context = { fetchedAt: new Date('2026-11-23T10:00:00Z'), hostname: 'example.nl' };
const aRaw = (raw: Partial<RawMention>): RawMention => ({
  externalId: '1',
  namespace: 'feed:1',
  kind: 'article',
  ...raw,
});

test('a raw item becomes a mention with language and tone', async () => {
  const html = '<p>De trein had <b>alweer</b> een uur vertraging en niemand zegt iets. Wat een slechte service!</p>';
  const [mention] = await prepareMentions([aRaw({ title: 'Weer te laat', html })], context);
  expect(mention).toMatchObject({
    title: 'Weer te laat',
    html,
    language: 'nl',
    languageBy: 'detected',
    sentiment: { tone: 'negative', method: 'lexicon-2' },
  });
});

test("an item's own language goes before that of its source, and both before nothing", async () => {
  const short = { text: 'Ja!' };
  const of = async (raw: Partial<RawMention>, language?: string) => {
    const [mention] = await prepareMentions([aRaw(raw)], { ...context, ...(language && { language }) });
    return [mention!.language, mention!.languageBy];
  };
  expect(await of({ ...short, language: 'de-AT' }, 'nl')).toEqual(['de', 'source']);
  expect(await of(short, 'nl')).toEqual(['nl', 'source']);
  expect(await of(short)).toEqual(['und', 'none']);
});

test('every item of a batch comes back, in order, whatever stands in it, and the same the second time', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRawMention, { maxLength: 8 }), async (raws) => {
      const mentions = await prepareMentions(raws, context);
      expect(mentions).toHaveLength(raws.length);
      for (const { sentiment, language } of mentions) {
        expect(Math.abs(sentiment.score)).toBeLessThanOrEqual(1);
        expect(sentiment.confidence).toBeGreaterThanOrEqual(0);
        expect(sentiment.confidence).toBeLessThanOrEqual(1);
        expect(language).toMatch(/^[a-z]{2,3}$/);
      }
      expect(await prepareMentions(raws, context)).toEqual(mentions);
    }),
    { numRuns: process.env.FULL ? 5_000 : 200 },
  );
});
