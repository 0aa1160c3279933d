import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

const read = (text: string, most = 10) => readCsv(new TextEncoder().encode(text), most);
const fieldsOf = (text: string) => {
  const lines = read(text);
  return Array.isArray(lines) ? lines.map(({ fields }) => fields) : lines;
};

test('what is written is read again, whatever stands in it', () => {
  const field = fc
    .string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', "'", ' ', '1') })
    .map((text) => text.trim())
    .filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (lines) => {
      // The first line decides what stands between fields.
      const file = [['name', 'email', 'role'], ...lines];
      expect(fieldsOf(writeCsv(file))).toEqual(file);
    }),
    { numRuns: 300 },
  );
});

test('a semicolon, a byte order mark, line ends of any kind and empty lines are no matter', () => {
  expect(fieldsOf('\uFEFFa;b\r\n"1;2"; 3 \r\n\r\n;\r\n4;5')).toEqual([
    ['a', 'b'],
    ['1;2', '3'],
    ['4', '5'],
  ]);
  expect(fieldsOf('a,b\r1,')).toEqual([
    ['a', 'b'],
    ['1', ''],
  ]);
});

test('lines are counted as an editor does, also after a field of several', () => {
  expect(read('a,b\n"x\ny",1\n\n2,3')).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['x\ny', '1'] },
    { line: 5, fields: ['2', '3'] },
  ]);
});

test('a stray quote, one that stays open, too many lines and what is no UTF-8 are told with their line', () => {
  expect(read('a,b\nx"y,1')).toEqual({ line: 2, reason: 'quote' });
  expect(read('a,b\n1,2\n"x,1\n2,3')).toEqual({ line: 3, reason: 'quote' });
  expect(read('a,b\n"x"y,1')).toEqual({ line: 2, reason: 'quote' });
  expect(read('a\nb\nc', 2)).toEqual({ line: 3, reason: 'too-many-lines' });
  expect(readCsv(new Uint8Array([0x61, 0xe9, 0x0a]), 10)).toEqual({ line: 1, reason: 'not-text' });
});

test('nothing that is written is a formula to a spreadsheet', () => {
  for (const text of ['=1+1', '+31', '-1', '@a', '\t=1', ' =1', '\r=1', '＝1'])
    expect(writeCsv([[text]])).toMatch(/^\uFEFF"'/);
  expect(writeCsv([['Jan', 'a@b.nl']])).toBe('\uFEFFJan,a@b.nl\r\n');
});

test('a long file of nothing but quotes is read in no time', () => {
  const start = process.cpuUsage();
  read('"'.repeat(1_000_000));
  read(`"${'""'.repeat(499_999)}"`);
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});
