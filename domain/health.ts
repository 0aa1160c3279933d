import { mostNewADay, roomFor } from './schedule.ts';
import type { Health } from './source.ts';

/** What of a source's row tells how it is doing; named as in the table. */
export type HealthFacts = {
  state: 'active' | 'paused' | 'stopped';
  created_at: Date;
  /** Null unless active. */
  next_poll_at: Date | null;
  failures: number;
  failing_since: Date | null;
  last_error: { kind: string; reason?: string; status?: number } | null;
  last_polled_at: Date | null;
  last_ok_at: Date | null;
  last_new_at: Date | null;
  /** Epoch milliseconds, newest first. */
  recent: readonly number[];
  /** How many items were new on a day. */
  new_on: string | null;
  new_count: number;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Fewer gaps than four say nothing about a rhythm. */
const leastItems = 5;
/** Silence is news after three of its own median gaps, and never within two days. */
const silentGaps = 3;
const leastSilenceMs = 2 * dayMs;

/** Kinds of failure that nobody but a person can end, at once or when they last (sources.md 2.8). */
const needsYouAtOnce = new Set(['refused', 'gone']);
const needsYouAfter: Record<string, { failures: number; ms: number }> = {
  denied: { failures: 5, ms: 0 },
  unreadable: { failures: 3, ms: 2 * dayMs },
};

/** How a source is doing, as facts. Pure. */
export function healthOf(row: HealthFacts, now: Date): Health {
  const newest = newestOf(row, now);
  const gap = medianGapMs(row.recent);
  const facts = {
    status: row.last_error?.status ?? null,
    since: row.failing_since?.toISOString() ?? null,
    lastItemAt: newest?.toISOString() ?? null,
    nextPollAt: row.next_poll_at?.toISOString() ?? null,
    medianGapSeconds: gap === null ? null : Math.round(gap / 1000),
  };
  if (row.state === 'paused') return { ...facts, level: 'paused', reason: 'paused' };
  if (row.state === 'stopped') return { ...facts, level: 'stopped', reason: 'gone' };
  const error = row.last_error;
  if (error) return { ...facts, level: failureLevel(row, now), reason: reasonOf(error) };
  if (!row.last_polled_at) return { ...facts, level: 'new', reason: 'never-polled' };
  if (roomFor(row, now) === 0) return { ...facts, level: 'falters', reason: 'too-many' };
  if (newest && gap !== null) {
    const silence = now.getTime() - newest.getTime();
    if (silence >= Math.max(leastSilenceMs, silentGaps * gap)) {
      return { ...facts, level: 'falters', reason: 'silent', since: newest.toISOString() };
    }
  }
  return { ...facts, level: 'fine', reason: newest ? 'ok' : 'empty' };
}

function failureLevel(row: HealthFacts, now: Date): Health['level'] {
  const { kind, reason } = row.last_error!;
  if (reason === 'busy') return row.last_ok_at ? 'fine' : 'new';
  if (reason === 'contact-missing' || needsYouAtOnce.has(kind)) return 'needs-you';
  const patience = needsYouAfter[kind];
  const lasted = now.getTime() - (row.failing_since ?? now).getTime();
  return patience && row.failures >= patience.failures && lasted >= patience.ms ? 'needs-you' : 'falters';
}

function reasonOf({ kind, reason }: { kind: string; reason?: string }): string {
  return reason !== undefined && reason in sentences ? reason : kind in sentences ? kind : 'unreachable';
}

function newestOf({ recent, last_new_at }: HealthFacts, now: Date): Date | null {
  const past = recent.find((at) => at <= now.getTime());
  return past === undefined ? last_new_at : new Date(past);
}

function medianGapMs(recent: readonly number[]): number | null {
  if (recent.length < leastItems) return null;
  const times = recent.toSorted((a, b) => a - b);
  const gaps = times
    .slice(1)
    .map((time, index) => time - times[index]!)
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)]!;
}

type Language = 'nl' | 'en';
type Words = (told: Told) => string;
type Told = { health: Health; now: Date; language: Language };

/** One or two whole sentences that a person understands, for the API and the dashboard alike. */
export function healthSentence(health: Health, language: Language, now: Date): string {
  const words = sentences[health.reason] ?? sentences.unreachable!;
  return words[language]({ health, now, language });
}

/** "al 3 dagen": how long something lasts; empty within the first hour. */
function lasting({ health, now, language }: Told): string {
  const ms = health.since ? now.getTime() - Date.parse(health.since) : 0;
  if (ms < hourMs) return '';
  return language === 'nl' ? ` al ${span(ms, language)}` : ` for ${span(ms, language)}`;
}

function span(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.round(ms / hourMs);
  const days = Math.round(ms / dayMs);
  const [count, nl, en] =
    minutes < 60
      ? ([minutes, ['minuut', 'minuten'], ['minute', 'minutes']] as const)
      : hours < 36
        ? ([hours, ['uur', 'uur'], ['hour', 'hours']] as const)
        : ([days, ['dag', 'dagen'], ['day', 'days']] as const);
  return `${count} ${(language === 'nl' ? nl : en)[count === 1 ? 0 : 1]}`;
}

/** "We proberen het morgen weer.": when we try again, in words of a calendar in Amsterdam. */
function again({ health, now, language }: Told): string {
  if (!health.nextPollAt) return '';
  const ms = Date.parse(health.nextPollAt) - now.getTime();
  const nl = language === 'nl';
  let when: string;
  if (ms < 2 * 60_000) when = nl ? 'zo' : 'in a moment';
  else if (ms < 6 * hourMs) when = nl ? `over ${span(ms, 'nl')}` : `in ${span(ms, 'en')}`;
  else {
    const days = dayNumber(new Date(health.nextPollAt)) - dayNumber(now);
    const names = nl ? ['later vandaag', 'morgen', 'overmorgen'] : ['later today', 'tomorrow', 'in two days'];
    when = names[days] ?? (nl ? `over ${days} dagen` : `in ${days} days`);
  }
  return nl ? ` We proberen het ${when} weer.` : ` We will try again ${when}.`;
}

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' });
const dayNumber = (at: Date) => Date.parse(calendar.format(at)) / dayMs;

function ago({ health, now, language }: Told): string {
  if (!health.lastItemAt) return '';
  const ms = now.getTime() - Date.parse(health.lastItemAt);
  if (ms < 60_000) return language === 'nl' ? ' Laatste bericht net binnen.' : ' Last item just now.';
  return language === 'nl' ? ` Laatste bericht ${span(ms, 'nl')} geleden.` : ` Last item ${span(ms, 'en')} ago.`;
}

/** "Normaal komt er elke week iets." */
function rhythm({ health, language }: Told): string {
  const days = (health.medianGapSeconds ?? 0) / 86_400;
  const nl = language === 'nl';
  const each =
    days < 0.75
      ? ['meermaals per dag', 'several times a day']
      : days < 1.5
        ? ['elke dag', 'every day']
        : days < 5.5
          ? [`elke ${Math.round(days)} dagen`, `every ${Math.round(days)} days`]
          : days < 10
            ? ['elke week', 'every week']
            : days < 24
              ? [`elke ${Math.round(days / 7)} weken`, `every ${Math.round(days / 7)} weeks`].map((text) =>
                  text.replace('elke 1 weken', 'elke week').replace('every 1 weeks', 'every week'),
                )
              : days < 45
                ? ['elke maand', 'every month']
                : [`elke ${Math.round(days / 30)} maanden`, `every ${Math.round(days / 30)} months`];
  return nl ? ` Normaal komt er ${each[0]} iets.` : ` Normally something comes ${each[1]}.`;
}

const failing =
  (nl: string, en: string): Words =>
  (told) => {
    const text = (told.language === 'nl' ? nl : en).replace('{since}', lasting(told));
    return `${text}${again(told)}`;
  };
const both = (nl: string, en: string) => ({ nl: failing(nl, en), en: failing(nl, en) });
const plain = (nl: string, en: string) => ({ nl: () => nl, en: () => en });

const statusNames: Record<number, [nl: string, en: string]> = {
  401: ['inloggen nodig', 'sign-in needed'],
  402: ['betalen nodig', 'payment needed'],
  403: ['verboden', 'forbidden'],
  404: ['niet gevonden', 'not found'],
  451: ['om juridische redenen niet beschikbaar', 'unavailable for legal reasons'],
  500: ['fout op de server', 'server error'],
  502: ['fout op de server', 'bad gateway'],
  503: ['even niet beschikbaar', 'unavailable'],
};

/** "Deze bron antwoordt al 3 dagen met ‘verboden’ (403)." */
function answersWith(told: Told): string {
  const { status } = told.health;
  const nl = told.language === 'nl';
  const name = status === null ? undefined : statusNames[status]?.[nl ? 0 : 1];
  const what = name ? `‘${name}’ (${status})` : status === null ? (nl ? 'een fout' : 'an error') : String(status);
  const since = lasting(told);
  const sentence = nl ? `Deze bron antwoordt${since} met ${what}.` : `This source has answered${since} with ${what}.`;
  return `${nl || since ? sentence : `This source answers with ${what}.`}${again(told)}`;
}
const byStatus = { nl: answersWith, en: answersWith };

const sentences: Record<string, Record<Language, Words>> = {
  ok: {
    nl: (told) => `Loopt goed.${ago(told)}`,
    en: (told) => `Running well.${ago(told)}`,
  },
  empty: plain('Loopt goed. Er staat nog niets in.', 'Running well. There is nothing in it yet.'),
  'never-polled': plain(
    'Net toegevoegd. We halen het eerste nu op.',
    'Just added. We are fetching the first items now.',
  ),
  paused: plain('Staat stil, omdat iemand dat koos.', 'Paused, because someone chose so.'),
  gone: plain(
    'De site zegt dat deze bron voorgoed weg is (410). We halen niets meer op; wat er was, blijft staan.',
    'The site says that this source is gone for good (410). We fetch nothing more; what was there stays.',
  ),
  silent: {
    nl: (told) => `Al ${span(told.now.getTime() - Date.parse(told.health.since ?? ''), 'nl')} stil.${rhythm(told)}`,
    en: (told) => `Silent for ${span(told.now.getTime() - Date.parse(told.health.since ?? ''), 'en')}.${rhythm(told)}`,
  },
  'too-many': plain(
    `Deze bron brengt vandaag ${mostNewADay.toLocaleString('nl')} nieuwe berichten of meer. Meer nemen we op een dag niet aan; morgen gaan we verder met wat er dan nog staat. Klopt dit niet, zet de bron dan stil.`,
    `This source brings ${mostNewADay.toLocaleString('en')} new items today, or more. We take no more in a day, and go on tomorrow with what is still there. If this is not right, pause the source.`,
  ),
  'contact-missing': plain(
    'Wacht op jou: er is nog geen contactadres ingesteld. Zet CONTACT of PUBLIC_URL, dan halen we deze bron op.',
    'Waiting for you: no contact is configured. Set CONTACT or PUBLIC_URL and we will fetch this source.',
  ),
  busy: plain(
    'Wacht even op zijn beurt: deze site vragen we niet te veel tegelijk.',
    'Waiting for its turn: we do not ask this site too much at once.',
  ),
  denied: byStatus,
  status: byStatus,
  'server-error': byStatus,
  'rate-limited': both(
    'De site vraagt{since} om minder vaak langs te komen.',
    'The site has been asking us{since} to come less often.',
  ),
  'not-found': both(
    'Op dit adres staat{since} niets meer (404). Misschien is de bron verhuisd.',
    'There has been nothing at this address{since} (404). The source may have moved.',
  ),
  'web-page': both(
    'Op dit adres staat{since} een gewone webpagina in plaats van een feed.',
    'This address has shown{since} a web page instead of a feed.',
  ),
  'bot-wall': both(
    'De site houdt{since} programma’s tegen met een controle op mensen. Daar gaan we niet omheen.',
    'The site has been keeping programs out{since} with a check for humans. We do not try to get past it.',
  ),
  login: both('De site vraagt{since} om in te loggen.', 'The site has been asking{since} for a sign-in.'),
  'too-large': both(
    'Deze bron is{since} groter dan we in één keer lezen (10 MB).',
    'This source has been larger{since} than we read at once (10 MB).',
  ),
  'too-deep': both(
    'Deze feed zit{since} zo diep in elkaar dat we hem niet lezen.',
    'This feed has been nested{since} too deeply for us to read.',
  ),
  'too-slow': both('Het lezen van deze feed duurt{since} te lang.', 'Reading this feed has taken too long{since}.'),
  encoding: both(
    'De tekens van deze bron zijn{since} niet te lezen: de codering klopt niet.',
    'The characters of this source have been unreadable{since}: its encoding is not right.',
  ),
  unreadable: both('We kunnen deze feed{since} niet lezen.', 'We have not been able to read this feed{since}.'),
  refused: plain(
    'Dit adres halen we niet op: het ligt niet op het openbare internet.',
    'We do not fetch this address: it is not on the public internet.',
  ),
  'private-address': plain(
    'Dit adres halen we niet op: het wijst naar een besloten netwerk. Een beheerder kan het toestaan met FETCH_ALLOW.',
    'We do not fetch this address: it points into a private network. An administrator can allow it with FETCH_ALLOW.',
  ),
  timeout: both('De site antwoordt{since} niet op tijd.', 'The site has not answered in time{since}.'),
  dns: both('De naam van deze site bestaat{since} niet.', 'The name of this site has not existed{since}.'),
  tls: both(
    'De beveiligde verbinding van deze site klopt{since} niet.',
    'The secure connection of this site has not been in order{since}.',
  ),
  redirects: both(
    'De site stuurt ons{since} in een kring door.',
    'The site has been sending us round in circles{since}.',
  ),
  unreachable: both('We kunnen de site{since} niet bereiken.', 'We have not been able to reach the site{since}.'),
};
