/**
 * Makes `nl-pattern.txt` and `en-vader.txt` out of the published lexicons (see NOTICE.md). Run by hand when a list is renewed:
 *   node ingest/understand/lexicons/convert.ts <folder with pattern-nl-sentiment.xml and vader_lexicon.txt>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) throw new Error('say where the published lexicons are');

/** Polarity of each Dutch word form, the mean over its senses (-1 to 1). */
function pattern(xml: string): Map<string, number> {
  const senses = new Map<string, number[]>();
  for (const [, form, polarity] of xml.matchAll(/<word form="([^"]+)"[^>]*? polarity="([^"]+)"/g)) {
    const word = form!.toLowerCase();
    senses.set(word, [...(senses.get(word) ?? []), Number(polarity)]);
  }
  return new Map([...senses].map(([word, all]) => [word, all.reduce((sum, value) => sum + value, 0) / all.length]));
}

/** VADER rates from -4 to 4 in tab-separated lines; its emoticons stay out, ours are in emoji.txt. */
function vader(lines: string): Map<string, number> {
  const rows = lines.split('\n').map((line) => line.split('\t'));
  const words = rows.filter(([word]) => /^[a-z][a-z'-]+$/.test(word ?? ''));
  return new Map(words.map(([word, value]) => [word!, Number(value) / 4]));
}

/** One line for each polarity, in steps of 0.05, its words behind it. */
function grouped(words: Map<string, number>): string {
  const groups = new Map<number, string[]>();
  for (const [word, value] of words) {
    const step = Math.round(value * 20) / 20;
    if (Math.abs(step) < 0.1 || word.includes(' ')) continue;
    groups.set(step, [...(groups.get(step) ?? []), word]);
  }
  const lines = [...groups].sort(([a], [b]) => a - b);
  return lines.map(([step, list]) => `${step} ${list.sort().join(' ')}\n`).join('');
}

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const write = (name: string, text: string) => writeFileSync(join(import.meta.dirname, name), text);
write('nl-pattern.txt', grouped(pattern(read('pattern-nl-sentiment.xml'))));
write('en-vader.txt', grouped(vader(read('vader_lexicon.txt'))));
