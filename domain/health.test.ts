import { expect, test } from 'vitest';
import { type HealthFacts, healthOf, healthSentence } from './health.ts';

const now = new Date('2026-11-23T12:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const msAgo = (days: number) => ago(days).getTime();
const facts = (more: Partial<HealthFacts> = {}): HealthFacts => ({
  state: 'active',
  created_at: ago(100),
  next_poll_at: new Date(now.getTime() + 86_400_000),
  failures: 0,
  failing_since: null,
  last_error: null,
  last_polled_at: ago(0.01),
  last_ok_at: ago(0.01),
  last_new_at: ago(0.01),
  new_on: '2026-11-23',
  new_count: 4_999,
  recent: [0.014, 1, 2, 3, 4, 5, 6].map(msAgo),
  ...more,
});
const told = (more: Partial<HealthFacts>) => {
  const health = healthOf(facts(more), now);
  return [health.level, healthSentence(health, 'nl', now), healthSentence(health, 'en', now)];
};

test('a source that runs well says when it last brought something', () => {
  expect(told({})).toEqual([
    'fine',
    'Loopt goed. Laatste bericht 20 minuten geleden.',
    'Running well. Last item 20 minutes ago.',
  ]);
});

test('a status is said in words, with how long and what we do', () => {
  const error = { failures: 4, failing_since: ago(3), last_error: { kind: 'denied', status: 403 } };
  expect(told(error)).toEqual([
    'falters',
    'Deze bron antwoordt al 3 dagen met ‘verboden’ (403). We proberen het morgen weer.',
    'This source has answered for 3 days with ‘forbidden’ (403). We will try again tomorrow.',
  ]);
  expect(told({ ...error, failures: 5 })[0]).toBe('needs-you');
});

test('silence is told against its own rhythm: three of its median gaps', () => {
  const weekly = [16, 23, 30, 37, 44, 51].map(msAgo);
  expect(told({ recent: weekly })[0]).toBe('fine');
  const silent = [22, 29, 36, 43, 50, 57].map(msAgo);
  expect(told({ recent: silent })).toEqual([
    'falters',
    'Al 22 dagen stil. Normaal komt er elke week iets.',
    'Silent for 22 days. Normally something comes every week.',
  ]);
  // Two items have no rhythm.
  expect(told({ recent: [50, 51].map(msAgo) })[0]).toBe('fine');
});

test.each([
  [{ last_polled_at: null, recent: [], last_new_at: null }, 'new', /Net toegevoegd/],
  [{ state: 'paused' as const }, 'paused', /Staat stil/],
  [{ state: 'stopped' as const, last_error: { kind: 'gone', status: 410 } }, 'stopped', /voorgoed weg is \(410\)/],
  [{ last_error: { kind: 'waiting', reason: 'contact-missing' } }, 'needs-you', /CONTACT/],
  [{ last_error: { kind: 'refused', reason: 'private-address' } }, 'needs-you', /besloten netwerk/],
  [{ last_error: { kind: 'unreadable', reason: 'web-page' }, failures: 1 }, 'falters', /gewone webpagina/],
  [
    { last_error: { kind: 'unreadable', reason: 'web-page' }, failures: 3, failing_since: ago(3) },
    'needs-you',
    /al 3 dagen/,
  ],
  [{ last_error: { kind: 'denied', reason: 'bot-wall', status: 403 } }, 'falters', /controle op mensen/],
  [{ last_error: { kind: 'unreadable', reason: 'too-large' } }, 'falters', /10 MB/],
  [{ last_error: { kind: 'unreadable', reason: 'encoding' } }, 'falters', /codering/],
  [{ new_count: 5_000 }, 'falters', /vandaag 5\.000 nieuwe berichten/],
  [{ new_count: 5_000, new_on: '2026-11-22' }, 'fine', /Loopt goed/],
  [{ last_error: { kind: 'unreachable', reason: 'dns' } }, 'falters', /naam van deze site/],
  [{ last_error: { kind: 'unreachable', reason: 'something new' } }, 'falters', /niet bereiken/],
])('%o is %s', (more, level, sentence) => {
  const [found, dutch, english] = told(more);
  expect(found).toBe(level);
  expect(dutch).toMatch(sentence);
  expect(english).not.toContain('undefined');
  expect(english).toMatch(/\.$/);
});
