import type { Item } from './item.ts';

/**
 * The story that everybody has: one text of the regional press agency, under headlines of their own. Copies meet because
 * the text is the same, so only the headline and the hour differ.
 */
const sluisbrug = `De Sluisbrug in Lindewaard blijft zeker drie weken langer dicht dan gepland. Bij het vernieuwen van de westelijke oprit is asbest gevonden in een oude kabelgoot. Dat moet eerst veilig weg voordat het wegdek erop kan.

Winkeliers aan de Havenkade spreken van een ramp in hun beste maand. ‘Onze klanten rijden nu al door naar Ambtwaard’, zegt voorzitter Rob Verkaik. De omleiding over de Molenweg kost automobilisten volgens de gemeente een kwartier, in de spits het dubbele.

Wethouder Marleen Tuinstra (verkeer) noemt het uitstel ‘heel vervelend, maar onvermijdelijk’. Of er een pont voor fietsers komt, weet ze nog niet. Morgen praat ze met de bewoners van De Hoven.`;

const headlines: Record<string, { title: string; ago: number }> = {
  waardbode: { title: 'Sluisbrug blijft drie weken langer dicht', ago: 9.5 },
  'omroep-waardstreek': { title: 'Sluisbrug drie weken langer dicht door asbest', ago: 9 },
  regionet: { title: 'Opnieuw tegenslag bij Sluisbrug Lindewaard', ago: 8.6 },
  'waardstreek-vandaag': { title: 'Asbest gevonden: Sluisbrug nog weken dicht', ago: 8 },
  polderpost: { title: 'Sluisbrug Lindewaard later open', ago: 7.6 },
  'nieuwsblad-ambtwaard': { title: 'Buurstad krijgt brug voorlopig niet terug', ago: 7.1 },
  'vliet-fm': { title: 'Brug blijft langer dicht', ago: 6.7 },
  dijkbode: { title: 'Lindewaard: Sluisbrug pas weken later klaar', ago: 6.1 },
  'kijk-op-waardstreek': { title: 'Winkeliers Havenkade balen: brug langer dicht', ago: 5.6 },
  streekbericht: { title: 'Drie weken extra omrijden in Lindewaard', ago: 5.1 },
  'schipper-en-sluis': { title: 'Werk aan Sluisbrug loopt uit', ago: 4.4 },
  'verkeer-zuidwest': { title: 'N-weg Lindewaard: afsluiting Sluisbrug verlengd', ago: 3.9 },
  'reizigers-lijn-14': { title: 'Lijn 14 blijft omrijden: Sluisbrug langer dicht', ago: 3.2 },
  'fietsers-lindewaard': { title: 'Sluisbrug: drie weken erbij, pontje onzeker', ago: 2.6 },
  havenkade: { title: 'Persbericht: Sluisbrug langer dicht', ago: 1.8 },
};

/** Who carries it, fifteen in all. */
export const wireOutlets = Object.keys(headlines);
export const wireKey = 'sluisbrug-drie-weken-langer-dicht';

/** Stories that a few outlets took over word for word. */
const shared: { key: string; outlets: Record<string, string>; day: number; times: string[]; text: string }[] = [
  {
    key: 'raad-opheldering-wachttijd-jeugdhulp',
    outlets: {
      'omroep-waardstreek': 'Raad wil opheldering over wachttijd jeugdhulp',
      regionet: 'Lindewaard: raad vraagt opheldering over jeugdhulp',
      polderpost: 'Vragen over lange wachttijd jeugdhulp',
      streekbericht: 'Jeugdhulp Lindewaard: elf maanden wachten',
    },
    day: 1,
    times: ['08:50', '08:20', '10:05', '11:40'],
    text: `Kinderen in Lindewaard wachten gemiddeld elf maanden op een eerste gesprek met het jeugdteam. Dat blijkt uit cijfers die de gemeente deze week naar de raad stuurde. Vorig jaar was het nog zeven maanden.

Raadslid Ineke Postma noemt dat ‘een kwart van een kleuterleven’. Zij wil nog deze maand uitleg. Volgens de gemeente zijn er wel hulpverleners aangenomen, maar vertrekken er net zo veel.`,
  },
  {
    key: 'storm-bomen-molenweg',
    outlets: {
      waardbode: 'Storm velt elf bomen aan de Molenweg',
      'omroep-waardstreek': 'Molenweg dicht na storm, bomen op de weg',
      'verkeer-zuidwest': 'Molenweg Lindewaard afgesloten na stormschade',
      'vliet-fm': 'Stormschade: Molenweg dicht',
    },
    day: 11,
    times: ['07:20', '06:55', '06:40', '07:05'],
    text: `Elf bomen langs de Molenweg in Lindewaard zijn vannacht omgewaaid. De weg is tussen de rotonde en het sportpark in beide richtingen dicht. Niemand raakte gewond; een geparkeerde bestelbus liep schade op. De brandweer denkt tot in de middag nodig te hebben om alles weg te zagen.`,
  },
  {
    key: 'lijn-14-avonden',
    outlets: {
      'reizigers-lijn-14': 'Het is rond: lijn 14 stopt na negenen',
      'omroep-waardstreek': 'Bus 14 rijdt straks niet meer na negen uur ’s avonds',
      'nieuwsblad-ambtwaard': 'Laatste bus naar Lindewaard voortaan om 20.52 uur',
    },
    day: 8,
    times: ['15:10', '16:02', '17:30'],
    text: `Buslijn 14 tussen Lindewaard en Ambtwaard rijdt met de nieuwe dienstregeling niet meer na negen uur ’s avonds. De vervoerder zegt dat er dan gemiddeld drie reizigers in de bus zitten. Wie later thuis wil komen, kan een buurttaxi bestellen, maar die moet twee uur van tevoren worden gebeld.`,
  },
  {
    key: 'waterlelie-buitenbad',
    outlets: {
      waardbode: 'Buitenbad De Waterlelie ook volgend jaar dicht',
      'kijk-op-waardstreek': 'Geen buitenbad, wel een plan',
    },
    day: 16,
    times: ['12:15', '14:40'],
    text: `Het buitenbad van De Waterlelie gaat volgend zomerseizoen niet open. De leidingen onder het bad zijn zo lek dat er per dag een halve tankwagen water wegloopt. Herstel kost naar schatting 640.000 euro en dat staat niet in de begroting. Het binnenbad blijft gewoon open.`,
  },
  {
    key: 'windpark-noorderpolder-uitspraak',
    outlets: {
      regionet: 'Rechter: windpark Noorderpolder mag er komen',
      waardbode: 'Vier windmolens in Noorderpolder mogen er komen',
      dijkbode: 'Windmolens Noorderpolder: bezwaren afgewezen',
    },
    day: 19,
    times: ['13:30', '13:52', '15:20'],
    text: `De vier windmolens in de Noorderpolder mogen gebouwd worden. De rechter heeft de bezwaren van 38 omwonenden afgewezen. Wel moeten de molens stil als de slagschaduw langer dan zes uur per jaar over een huis valt. De actiegroep beraadt zich op hoger beroep.`,
  },
  {
    key: 'kerstmarkt-verhuist',
    outlets: {
      waardbode: 'Kerstmarkt verhuist naar het Kerkplein',
      'kijk-op-waardstreek': 'Kerstmarkt dit jaar niet aan de Havenkade',
      'vliet-fm': 'Kerstmarkt naar Kerkplein',
    },
    day: 6,
    times: ['16:30', '17:15', '18:00'],
    text: `De kerstmarkt van Lindewaard verhuist van de Havenkade naar het Kerkplein. Door het werk aan de Sluisbrug kunnen de vrachtwagens met de kramen niet bij het water komen. Er is op het plein plaats voor 46 kramen in plaats van 70. De ijsbaan gaat wel door, maar wordt kleiner.`,
  },
];

/** What an outlet took over from others, the agency's story included. */
export function takenOver(slug: string): Item[] {
  const wire = headlines[slug];
  const items: Item[] = wire ? [{ key: wireKey, day: 0, ago: wire.ago, title: wire.title, text: sluisbrug }] : [];
  for (const { key, outlets, day, times, text } of shared) {
    const at = Object.keys(outlets).indexOf(slug);
    if (at >= 0) items.push({ key, day, time: times[at]!, title: outlets[slug]!, text });
  }
  return items;
}
