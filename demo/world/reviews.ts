import { atom } from '#demo/dialects/atom.ts';
import { jsonFeed } from '#demo/dialects/json-feed.ts';
import type { Item, Outlet } from './item.ts';

type Review = [day: number, stars: 1 | 2 | 3 | 4 | 5, by: string, title: string, text: string];

const review = ([day, stars, by, title, text]: Review): Item => ({ day, stars, by, title, text });

/** Ratings as application shops put them into Atom. */
export const kaartbeoordelingen: Outlet = {
  slug: 'kaartbeoordelingen',
  name: 'Kaartbeoordelingen',
  about: 'Beoordelingen van plekken in Lindewaard',
  kind: 'review',
  folder: 'Beoordelingen',
  language: 'nl',
  rhythm: 'day',
  via: { feed: atom() },
  server: { validators: 'etag' },
  items: [
    ...(
      [
        [
          0,
          5,
          'Mila V.',
          'Stadskantoor: binnen tien minuten een paspoort',
          'Binnen tien minuten een paspoort, en nog vriendelijk ook. Ik had een boek meegenomen en ben niet verder gekomen dan de flap.',
        ],
        [
          0,
          1,
          'Gerard Tol',
          'Stadskantoor: weggestuurd',
          'Weggestuurd omdat mijn pasfoto drie dagen te oud was. Drie dagen! Ik ben 74, zoveel verander ik niet meer.',
        ],
        [
          0,
          2,
          'A. de Bruin',
          'Parkeergarage Havenkade: automaat',
          'Automaat nam geen kaart, wel munten, gaf geen wisselgeld. 11 euro voor een kop soep halen.',
        ],
        [
          1,
          4,
          'Jeroen',
          'Milieustraat: snel en behulpzaam',
          'Snel en behulpzaam. Punt eraf voor de bordjes, ik reed drie rondjes met een matras op het dak.',
        ],
        [
          1,
          1,
          'Nienke',
          'Stadskantoor: telefoon',
          'Veertig minuten in de wacht, daarna werd er opgehangen. Daarna nog eens 25. Ik wilde alleen weten of mijn rijbewijs klaar lag. Het lag klaar.',
        ],
        [
          1,
          5,
          'Familie Öztürk',
          'Bibliotheek De Vliet: wat een plek',
          'Wat een plek! De kinderen wilden niet weg en wij eigenlijk ook niet. De mevrouw van de jeugdboeken kent alles uit haar hoofd.',
        ],
        [2, 3, 'R.', 'Stadskantoor: prima', 'Prima.'],
        [
          2,
          5,
          'Loes en Henk',
          'Stadskantoor: getrouwd!',
          'Hier getrouwd afgelopen vrijdag. De ambtenaar had onze honden in de toespraak verwerkt. Niemand hield het droog.',
        ],
        [
          3,
          2,
          'Kees',
          'Havenkade: dood',
          'Vroeger reed je erheen, nu rijd je eromheen. Half de winkels zat dicht om vier uur. Jammer, want de visboer blijft top.',
        ],
        [
          3,
          1,
          'boze burger',
          'Containers Beukenlaan: schande',
          'SCHANDE. Pas doet het niet, container vol, ratten, en de gemeente zegt dat er is “opgeschaald”. Kom eens kijken met je schaal.',
        ],
        [
          4,
          4,
          'Priya',
          'Stadskantoor: helpful',
          'Balie spreekt goed Engels, formulieren niet. Medewerkster vertaalde alles ter plekke. Bedankt!',
        ],
        [
          5,
          5,
          'Opa Jan',
          'Speeltuin Elzenhof',
          'Kleinzoon heeft drie uur gegleden. Opa ook twee keer, toen niemand keek.',
        ],
        [
          6,
          2,
          'Sjoerd B',
          'Stadskantoor: wie ontwerpt dit',
          'Je meldt je aan bij een zuil, die print een nummer, dat nummer komt nooit op het scherm. Blijkt dat je gewoon moet gaan zitten. Zet dat dan op die zuil.',
        ],
        [
          7,
          5,
          'Demi',
          'Stadskantoor: geboorteaangifte',
          'Aangifte van onze dochter gedaan. De man achter de balie las haar naam hardop voor en zei: wat een mooie. Kleine moeite, we hebben het er nog over.',
        ],
        [
          8,
          3,
          'Tineke',
          'Parkeergarage Havenkade: leeg maar duur',
          'Plek zat. 3,20 per uur is niet normaal als je toch niet de brug over kunt.',
        ],
        [8, 4, 'Stefan', 'Milieustraat', 'Goed geregeld, alleen zaterdag niet doen. Rij tot aan de rotonde.'],
        [
          9,
          1,
          'M. Claassen',
          'Wmo-loket: van het kastje',
          'Drie mensen, drie antwoorden over de traplift van mijn moeder. Nummer vier zei: stuur het maar opnieuw in. Wij wachten sinds mei.',
        ],
        [
          11,
          5,
          'Ans',
          'Brandweer Lindewaard',
          'Boom op ons dak om half vier ’s nachts. Zij waren er in negen minuten en hebben ook nog het zeil vastgezet. Helden.',
        ],
        [
          12,
          4,
          'Yusuf',
          'Bibliotheek De Vliet',
          'Heel mooi en gratis wifi. Wel galmt het. Studeren kan, fluisteren niet.',
        ],
        [
          13,
          2,
          'Patricia',
          'Stadskantoor: koud',
          'Vriendelijk geholpen maar het was er 16 graden. De baliemedewerker zat met een sjaal. Dat is toch geen werken.',
        ],
        [
          15,
          5,
          'Ger',
          'Sluis Lindewaard',
          'Mooie plek om te zitten. De sluiswachter heeft mijn kleindochter een knop laten indrukken. Die gaat later bij de sluis.',
        ],
        [
          16,
          1,
          'ondernemer',
          'Vergunningen: elf weken',
          'Elf weken gewacht op toestemming voor twee terrasstoelen. Twee. Het seizoen was voorbij.',
        ],
        [
          18,
          4,
          'Bram W',
          'Stadskantoor: rijbewijs',
          'Afspraak om 8.40, om 8.43 aan de beurt. Rijbewijs drie dagen later klaar. Koffieautomaat stuk, vandaar vier.',
        ],
        [21, 3, 'Ilse', 'Stadskantoor: hangt ervan af', 'Loket 2 top, loket 4 niet. Duim dus voor loket 2.'],
        [
          23,
          5,
          'meneer Aalders',
          'Gemeentewerf',
          'Kreeg zomaar een nieuwe vuilknijper, de oude was door. “Voor u altijd.” Dat doet een mens goed.',
        ],
        [26, 2, 'Vera', 'Sporthal Oost', 'De kleedkamers ruiken naar 1987. Personeel kan er niets aan doen.'],
        [29, 4, 'Rinus', 'Stadskantoor', 'Beter dan vroeger. Vroeger was het slecht.'],
      ] satisfies Review[]
    ).map(review),
    ...(
      [
        [
          0,
          5,
          'Corrie P.',
          'Stadskantoor: dame bij de ingang',
          'De dame bij de ingang zag dat ik slecht ter been was en heeft mijn hele afspraak voor me geregeld, zonder dat ik hoefde te staan. Geef haar opslag.',
        ],
        [
          0,
          1,
          'L. van Dijk',
          'Containers Stationsplein',
          'Vierde dag. Ik rijd nu met mijn vuilnis naar mijn schoonzus in Ambtwaard. We zien elkaar weer eens.',
        ],
        [
          0,
          3,
          'Dennis',
          'Milieustraat',
          'Ging prima tot ik een autoband had. Geen idee waar die heen moet en zij ook niet.',
        ],
        [
          0,
          4,
          'Hanna',
          'Bibliotheek De Vliet',
          'Kerstknutselen met 40 kinderen en toch bleef iedereen aardig. De lijm zit nog op mijn jas.',
        ],
      ] satisfies Review[]
    ).map((one): Item => ({ ...review(one), later: true })),
  ],
};

const stars = (count: number) => '★'.repeat(count) + '☆'.repeat(5 - count);
const waterlelie: Review[] = [
  [0, 4, 'Baantjeszwemmer', 'Vroeg zwemmen', 'Om zeven uur al open en rustig. Water lekker, douches lauw.'],
  [
    1,
    1,
    'Petra',
    'Alweer eerder dicht',
    'Sta ik om acht uur met twee kinderen voor een dichte deur. Op de site stond tien uur. Niemand die opneemt.',
  ],
  [
    2,
    5,
    'Trotse papa',
    'Diploma A!',
    'Gehaald! Dank juf Kim voor het engelengeduld. Hij slaapt met het diploma onder zijn kussen.',
  ],
  [
    3,
    2,
    'Wil',
    'Kleedhokjes',
    'Twee van de drie sloten stuk. Dan maar met mijn rug tegen de deur, op mijn leeftijd is dat ook sport.',
  ],
  [4, 3, 'S. Jacobs', 'Gaat wel', 'Zwembad oud maar schoon. Duur voor een gezin van vijf.'],
  [
    6,
    5,
    'Aquajogster',
    'Gouden groep op donderdag',
    'Wij zijn met twaalf dames tussen 58 en 91 en we praten meer dan we joggen. De muziek mag harder.',
  ],
  [
    7,
    1,
    'Nooit meer',
    'Koud water',
    'Het instructiebad was 26 graden. Mijn dochter klappertandde na tien minuten. “De ketel is oud.” Ja, dat weten we.',
  ],
  [
    9,
    4,
    'Mo',
    'Toezicht',
    'Goed opgelet door die jongen met het staartje. Hij fluit nooit, hij kijkt alleen, en dan stopt iedereen.',
  ],
  [11, 2, 'Els', 'Buitenbad', 'Nu dus definitief geen buitenbad. Vier zomers beloofd. Dan hoef ik ook geen jaarkaart.'],
  [12, 5, 'Ria', 'Friet', 'De beste friet van Lindewaard krijg je hier na het zwemmen. Dat mag in een beoordeling.'],
  [14, 3, 'Koen', 'Glijbaan', 'Glijbaan drie weken dicht voor onderhoud, nu open maar langzamer. Of ik ben zwaarder.'],
  [17, 4, 'oma van 5', 'Verjaardag gevierd', 'Feestje met tien kleuters, alle tien weer meegenomen. Personeel lief.'],
  [
    20,
    1,
    'Jan-Willem',
    'Parkeren',
    'Zwembad is prima maar er staan tegenwoordig vrachtwagens op de parkeerplaats vanwege de brug.',
  ],
  [
    22,
    5,
    'revalidant',
    'Na mijn heup',
    'Het warmwaterbad heeft mij weer leren lopen. De fysio ook, maar het water meer.',
  ],
  [24, 2, 'Chantal', 'Haar in het putje', 'Kan daar niet elke dag even iemand langs? Eén minuut werk.'],
  [27, 4, 'De Visjes', 'Babyzwemmen', 'Fijne les, warm genoeg, alleen te weinig haakjes voor al die tassen.'],
];

/** No field for a rating in this one: the stars stand in the text, as they do in many. */
export const waterlelieBeoordelingen: Outlet = {
  slug: 'zwemwijzer-waterlelie',
  name: 'Zwemwijzer: De Waterlelie',
  about: 'Wat zwemmers vinden van De Waterlelie in Lindewaard',
  kind: 'review',
  folder: 'Beoordelingen',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: jsonFeed('1.1') },
  server: { validators: 'none' },
  items: [
    ...waterlelie.map(([day, count, by, title, text]): Item => ({ day, by, title, text: `${stars(count)} ${text}` })),
    {
      later: true,
      day: 0,
      by: 'Ouder zwemles groep 3',
      title: 'Les vervallen',
      text: `${stars(2)} Om kwart voor vier een bericht dat de les van vier uur vervalt. We zaten al in badpak op de fiets.`,
    },
    {
      later: true,
      day: 0,
      by: 'Danny fan',
      title: 'Held',
      text: `${stars(5)} Dit is het bad van de badmeester die dat kindje heeft gered. Hij zet ook nog eens goede koffie.`,
    },
  ],
};
