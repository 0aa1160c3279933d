import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eld } from 'eld';
import { beforeAll, describe, expect, test } from 'vitest';
import { corporaDir } from '#test/xss-payloads.ts';
import { type Detector, loadDetector } from './detector.ts';

const candidates = 'nl en de fr es pl sv fi ru uk el ar he hi zh ja ko vi th'.split(' ');
type Theirs = (text: string) => { language: string; getScores: () => Record<string, number> };
let theirs: Theirs;
let ours: Detector;
beforeAll(async () => {
  ours = await loadDetector(candidates);
  const instance = (eld as Extract<typeof eld, { load: unknown }>).newInstance();
  await instance.load('small');
  instance.setLanguageSubset(candidates);
  theirs = instance.detect;
}, 60_000);

function expectTheSame(text: string): void {
  const answer = theirs(text);
  const [first = 0, second = 0] = Object.values(answer.getScores());
  const { language, margin } = ours(text);
  expect({ text, language }).toEqual({ text, language: answer.language });
  expect(margin(), text).toBeCloseTo(first - second, 9);
}

describe('the detector answers as eld does, language and margin', () => {
  test.each([
    'De brug gaat open.',
    "It's the driver's fault, isn't it? ‘No’ – he didn’t say.",
    'a bc def ghij klmno pqrstu vwxyzab 12 3x4',
    'Größe, Öl und Übermut; ÉÉN FIETS',
    'Широкая электрификация южных губерний',
    '来週、川にかかる新しい橋が開通します。',
    `${'เปิดสะพานใหม่ข้ามแม่น้ำ'.repeat(20)} en nog wat`,
    `${'lang '.repeat(69)}einde ${'x'.repeat(40)} the end of the line`,
    'x'.repeat(500),
    `een ${'w'.repeat(75)} woord`,
    '🚲 \ud800 half a pair \udc00',
    '',
    '... 123',
  ])('%s', (text) => expectTheSame(text));

  const corpus = join(corporaDir, 'langid/dev.tsv');
  test.skipIf(!existsSync(corpus))(
    'on 3,710 labelled texts, whole and cut short (CORPORA_DIR)',
    { timeout: 60_000 },
    () => {
      for (const line of readFileSync(corpus, 'utf8').trim().split('\n').slice(1)) {
        const text = line.split('\t')[3] ?? '';
        for (const part of [text, text.slice(0, 15)]) expectTheSame(part);
      }
    },
  );
});
