import { describe, expect, test } from 'vitest';
import { boundText, oneLine, plainText, storableText } from './plain-text.ts';

describe('plain text', () => {
  test('puts blocks apart, list items behind a dash, cells beside each other', () => {
    const html =
      '<h3>Kop</h3><p>Een<br />twee</p><ul><li>a</li><li><p>b</p></li></ul><table><tr><td>1</td><td>2</td></tr></table>';
    expect(plainText(html)).toBe('Kop\n\nEen\ntwee\n\n- a\n\n- b\n\n1 2');
  });

  test('undoes the escapes of the sanitiser once', () => {
    expect(plainText('a &amp;lt; b &lt;c&gt; &quot;d&quot;')).toBe('a &lt; b <c> "d"');
  });

  test('collapses white space but keeps the lines of a pre', () => {
    expect(plainText('<p>a \n  b</p><pre>c\nd</pre>')).toBe('a b\n\nc\nd');
  });

  test('of a megabyte of breaks and spaces takes no time', () => {
    const started = performance.now();
    plainText(`${'<br />'.repeat(100_000)}${' \n'.repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('storable text has no NUL, no control characters, no half surrogates', () => {
  expect(storableText('a\0b\u0007c\ud800d\r\ne\tf')).toBe('abc\ufffdd\ne\tf');
});

test('one line has no line breaks and nothing that turns the writing direction', () => {
  expect(oneLine(' a\n b \u202egnp.exe\u2066 ', 100)).toBe('a b gnp.exe');
});

test('bounds count bytes and never cut a character', () => {
  expect(boundText('kort', 1024)).toBe('kort');
  const bounded = boundText('é'.repeat(1000), 1024);
  expect(Buffer.byteLength(bounded)).toBeLessThanOrEqual(1024);
  expect(bounded).toMatch(/^é+…$/);
});
