import { atom } from '#demo/dialects/atom.ts';
import { jsonFeed } from '#demo/dialects/json-feed.ts';
import { rss2 } from '#demo/dialects/rss2.ts';
import type { Outlet } from './item.ts';

const tuinclub: Outlet = {
  slug: 'tuinclub-de-stek',
  name: 'Tuinclub De Stek',
  about: 'Stekken, ruilen en mopperen over slakken, in Lindewaard en omgeving',
  kind: 'blog',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: rss2({ body: 'html' }) },
  server: { validators: 'both' },
  items: [
    {
      day: 1,
      by: 'Gerda Poelman',
      title: 'Dahlia’s eruit, of toch nog even laten zitten',
      text: 'De eerste nachtvorst is geweest en de knollen van Henk liggen al in de krant op zolder. Die van mij staan nog buiten. Wie gelijk had weten we in april.',
    },
    {
      day: 5,
      by: 'Henk Poelman',
      title: 'Gemeente kapt drie lindes aan de Molenweg',
      text: 'Ze zijn ziek, zegt de boomdeskundige, en wij hebben hem de vragen gesteld die je dan stelt. Er komen jonge bomen voor terug. De club heeft aangeboden ze het eerste jaar water te geven.',
    },
    {
      day: 11,
      by: 'Gerda Poelman',
      title: 'Ruilmiddag: veertig mensen, één wespennest',
      text: 'Het was heerlijk druk in de schuur. De zaden van de stokrozen waren binnen een kwartier op. Het nest zit achter de koffiekan en blijft daar.',
    },
    {
      day: 23,
      by: 'Henk Poelman',
      title: 'Waar haal je nu nog compost?',
      text: 'De afvalstraat ligt aan de andere kant van de brug, en met een kruiwagen is omrijden geen doen. Iemand met een aanhanger die woensdag toch die kant op moet?',
    },
  ],
};

const roeivereniging: Outlet = {
  slug: 'roeivereniging-de-vliet',
  name: 'Roeivereniging De Vliet',
  about: 'Roeien op de Vliet sinds 1911',
  kind: 'organisation',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'office',
  via: { feed: atom() },
  server: { validators: 'etag', gzip: true },
  items: [
    {
      day: 2,
      by: 'Het bestuur',
      title: 'Wij komen er nog wel onderdoor',
      text: 'Voor wie het vraagt: een vier past zonder moeite onder de dichte Sluisbrug. Houd de kant van de kerk aan, want in het midden hangt een steiger.',
    },
    {
      day: 8,
      by: 'Het bestuur',
      title: 'Contributie blijft gelijk',
      text: 'De ledenvergadering nam het voorstel aan met 61 tegen 2. De twee willen graag een nieuwe douche. Die staat op de lijst voor volgend jaar.',
    },
    {
      day: 16,
      by: 'Wedstrijdcommissie',
      title: 'Zilver in Ambtwaard',
      text: 'De dubbeltwee van Noor en Sietske werd tweede, op een halve bootlengte. Trots! De beker staat achter de bar, naast die van 1974.',
    },
  ],
};

const klimhal: Outlet = {
  slug: 'klimhal-de-silo',
  name: 'Klimhal De Silo',
  about: 'Klimmen in de oude graansilo van Lindewaard',
  kind: 'organisation',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'day',
  via: { feed: jsonFeed('1.1') },
  server: { validators: 'last-modified' },
  items: [
    {
      day: 0,
      title: 'Storing aan de automaat bij de ingang',
      text: 'De automaat leest geen passen. Loop door naar de balie, dan laten we je zo binnen. De monteur komt in de loop van de middag.',
    },
    {
      day: 4,
      title: 'Nieuwe routes op de noordwand',
      text: 'Twaalf nieuwe lijnen, van heel vriendelijk tot onbegonnen werk. De paarse is van Bram en hij weigert te zeggen hoe zwaar hij is.',
    },
    {
      day: 13,
      title: 'Schoolklimmen weer begonnen',
      text: 'Elke dinsdagochtend klimt een groep 7 uit Lindewaard gratis mee. De gemeente betaalt de schoenen, wij de pleisters.',
    },
  ],
};

/** Sites of the same world that nobody follows yet: their addresses are there to be pasted. */
export const unfollowed: Outlet[] = [tuinclub, roeivereniging, klimhal];
