import { oneOf } from '#demo/chance.ts';
import { rss2 } from '#demo/dialects/rss2.ts';
import type { Item, Outlet } from './item.ts';

/**
 * What a pager feed looks like in life: bare, repetitive, at any hour. It is the one outlet that writes itself, so the
 * demo never falls silent.
 */
const events = [
  ['Brandweer naar {place} voor buitenbrand', 'Prullenbak of container in brand. Eén voertuig.'],
  ['Ambulance naar {place}', 'Met spoed. Geen verdere gegevens.'],
  ['Brandweer naar {place}: automatische melding', 'Melding uit een gebouw. Meestal is het de keuken.'],
  ['Dier te water bij {place}', 'Brandweer met boot onderweg.'],
  ['Aanrijding letsel {place}', 'Ambulance en politie ter plaatse. Verkeer kan erlangs.'],
  ['Persoon vast in lift, {place}', 'Brandweer onderweg, geen spoed.'],
  ['Gaslucht {place}', 'Netbeheerder en brandweer meten. Ramen dicht is niet nodig.'],
  ['Ambulance naar {place}, gepland vervoer', 'Zonder spoed.'],
  ['Wateroverlast {place}', 'Brandweer met pomp. Kelder of kruipruimte.'],
  ['Stormschade {place}', 'Tak of dakdelen op de weg. Eén voertuig.'],
  ['Assistentie politie {place}', 'Brandweer helpt met een ladder.'],
  ['Nacontrole {place}', 'Voertuig gaat nog één keer kijken.'],
] as const;
const places = [
  'Beukenlaan',
  'Molenweg',
  'Stationsplein',
  'Havenkade',
  'Elzenhof',
  'Sluisweg',
  'Zonnehof',
  'Noorderdijk',
  'Kuiperstraat',
  'Touwbaan',
  'Kerkstraat',
  'Iepenhof',
  'Polderweg',
  'Vlietoever',
] as const;

function alarm(n: number): Item {
  const [title, text] = oneOf(`alarm ${n} event`, events);
  const place = oneOf(`alarm ${n} place`, places);
  return {
    day: 0,
    key: `melding-${n}`,
    title: title.replace('{place}', place),
    text: `${text} Rit ${48_210 + n * 7}.`,
  };
}

const before = 42;

export const alarmen: Outlet = {
  slug: '112-waardstreek',
  name: '112 Waardstreek',
  about: 'Alarmeringen van brandweer en ambulance',
  kind: 'news',
  folder: 'Verkeer',
  language: 'nl',
  rhythm: 'day',
  via: { feed: rss2({ body: 'plain' }) },
  server: { validators: 'etag' },
  items: Array.from({ length: before }, (_, n): Item => ({ ...alarm(n), day: 29 - Math.floor((n * 30) / before) })),
  more: (n) => alarm(before + n),
};
