import type { Item, Outlet } from './item.ts';

type Toot = [day: number, by: string, text: string, extra?: Partial<Item>];
const toot = ([day, by, text, extra]: Toot): Item => ({ day, by, text, ...extra });

/** The hashtag #lindewaard on a small Mastodon server of the region. */
export const mastodonLindewaard: Outlet = {
  slug: 'mastodon',
  name: 'Waardstreek Sociaal',
  about: 'Een kleine Mastodon-server voor de Waardstreek',
  kind: 'social',
  folder: 'Sociale media',
  language: 'nl',
  rhythm: 'evening',
  via: { mastodon: { hashtag: 'lindewaard' } },
  server: { validators: 'none' },
  items: [
    ...(
      [
        [
          0,
          'Bas op de fiets @basopdefiets',
          'Afvalpas doet het nu al de derde keer niet bij de container Beukenlaan. Wie belt er mee? #lindewaard',
          { ago: 41, key: 'afvalpas-derde-keer' },
        ],
        [
          0,
          'Corrie @corrie_b',
          'Ik heb gebeld. Gesprek van elf minuten, waarvan negen muziek. #lindewaard',
          { replyTo: 'afvalpas-derde-keer', after: 12 },
        ],
        [
          0,
          'Yara Schenk @yara',
          'Handtekeningen voor een fietspont bij de Sluisbrug liggen bij bakker Amrani, naast de krentenbollen. Al 812! #lindewaard #sluisbrug',
          { later: true },
        ],
        [
          0,
          'Joost @joostvdv',
          'Drie. Weken. Erbij. Ik kan vanuit mijn raam mijn kantoor zien en doe er 35 minuten over. #lindewaard #sluisbrug',
          { ago: 5.3 },
        ],
        [
          0,
          'Marleen leest @marleenleest',
          'Zit in de nieuwe bieb. Iemand beneden at een appel. Ik weet nu welk ras. #lindewaard',
          {},
        ],
        [
          0,
          'Priya @priya_bsl',
          'The alderman just said “I don’t know” in public and nobody fainted. #lindewaard',
          { language: 'en', later: 'soon' },
        ],
        [
          1,
          'Fietsersbond @fietsersbond_lw',
          'Tel je mee? Woensdag tussen 7 en 9 tellen we fietsers op de Molenweg. Zonder cijfers geen fietspad. #lindewaard',
          {},
        ],
        [
          1,
          'Henk Aalders @henkraapt',
          '31 blikjes, 1 schoen, 0 woorden. Vliet, ochtendronde. #lindewaard #zwerfvuil',
          {},
        ],
        [
          1,
          'lotte harms @lotteharms',
          'Als de huur van ons atelier zo stijgt, maak ik volgend jaar een beeld van de wethouder. Van gips. Dat breekt zo mooi. #lindewaard',
          {},
        ],
        [
          1,
          'Weer Waardstreek @weerbot',
          'Vandaag 6 graden, wind zuidwest 4, tegen de avond buien. Paraplu mee, muts mag. #lindewaard',
          {},
        ],
        [
          2,
          'Samir @samir_elz',
          'Compliment voor de baliemedewerker van loket 2. Drie formulieren, twee kinderen, nul zuchten. #lindewaard',
          {},
        ],
        [
          2,
          'moeder van drie @mv3',
          'Acht maanden op de lijst van het jeugdteam. Vandaag kregen we een tevredenheidsonderzoek. Ik verzin dit niet. #lindewaard',
          {},
        ],
        [
          2,
          'Ruud @ruudbouw',
          'Voor wie het wil weten: asbest in een kabelgoot weghalen is vooral heel veel plastic, heel langzaam. Drie weken is niet gek. #lindewaard #sluisbrug',
          {},
        ],
        [
          3,
          'VV Lindewaard @vvlindewaard',
          '94e minuut. Milan. De. Roo. Niemand hier heeft nog een stem. 2-1! #lindewaard',
          {},
        ],
        [3, 'Ambtwaardse Boys @aboys', 'Buitenspel. Maar goed. Gefeliciteerd, buren. #lindewaard', {}],
        [
          4,
          'Weer Waardstreek @weerbot',
          'Mist tot een uur of tien, daarna zon. Op de dijk zicht onder de honderd meter, kijk uit met fietsen. #lindewaard',
          {},
        ],
        [
          4,
          'Fenna Kroese @fenna',
          'Ik zoek mensen die de pont van 2019 nog hebben genomen. Vooral als je er iets raars op hebt meegemaakt. #lindewaard',
          {},
        ],
        [
          5,
          'greet oosting @greetbloem',
          'Tweeduizend bollen. Veertig kinderen. Eén maaier. Ik ga even ergens hard aan trekken. #lindewaard',
          {},
        ],
        [
          5,
          'Wouter @wouterdh',
          'Complimenten aan de gemeente: excuses binnen een dag, nieuwe bollen binnen een week, wethouder komt zelf graven. Zo kan het dus ook. #lindewaard',
          {},
        ],
        [
          6,
          'De Kajuit @dekajuit',
          'Wij koken door op gas en kaarsen. Kom eten, je ziet toch niet wat je buurman bestelt. #lindewaard #stroomstoring',
          {},
        ],
        [
          7,
          'Peter K @peterk',
          'De fontein op het Stationsplein heeft geen water. Maar wel een bordje “geen drinkwater”. Klopt helemaal. #lindewaard',
          {},
        ],
        [
          8,
          'nachtdienst @zusterlies',
          'Lijn 14 stopt straks na negenen. Ik ben om 23.00 klaar in het ziekenhuis. Twee uur vooraf een taxi bestellen, weet ik veel wanneer er iemand doodgaat. #lindewaard',
          {},
        ],
        [
          8,
          'Reizigers lijn 14 @lijn14',
          'We verzamelen verhalen van mensen die na negenen reizen. Reageer of mail, dan nemen wij ze mee naar het gesprek met de vervoerder. #lindewaard',
          {},
        ],
        [
          9,
          'Politie Waardstreek @politiewaard',
          'Let op: mannen in geel hesje die ter plekke laten pinnen zijn géén handhavers. Vraag naar de pas, bel bij twijfel. #lindewaard',
          {},
        ],
        [
          10,
          'Bas op de fiets @basopdefiets',
          'Kerktorenklok is vastgezet voor de storm. Het is dus al de hele avond tien voor acht. #lindewaard',
          {},
        ],
        [
          11,
          'Corrie @corrie_b',
          'Er ligt een schutting in mijn vijver en hij is niet van mij. De vissen doen alsof ze niks gezien hebben. #lindewaard #storm',
          {},
        ],
        [
          11,
          'Brandweer Waardstreek @brandweerwaard',
          '47 meldingen sinds middernacht, 11 bomen op de Molenweg. Iedereen heel. Blijf weg bij de bossages, er hangt nog van alles los. #lindewaard',
          {},
        ],
        [
          12,
          'buurvrouw anneke @anneke_post',
          'Eerste pan soep naar de nachtopvang gebracht. Ze lustten hem. Morgen brengt de overkant kip. #lindewaard',
          {},
        ],
        [
          13,
          'Rachid Amrani @bakkeramrani',
          'Ik zeg niet wat erin zit. Nee. Ook niet in een privébericht. Wel: we zijn open om zes uur. #lindewaard #oliebollen',
          {},
        ],
        [15, 'Manege Noorderpolder @manege_np', 'Voor de laatste keer: Boris was binnen. #lindewaard #wolf', {}],
        [16, 'Els zwemt @elszwemt', 'Vierde zomer zonder buitenbad. Noem het dan gewoon een ligweide. #lindewaard', {}],
        [
          18,
          'Wouter @wouterdh',
          'Ik woon op 1,9 kilometer van de nieuwe windmolens en ik ben voor. Zo, dat is eruit. #lindewaard',
          {},
        ],
        [
          19,
          'Tegenwind @tegenwind',
          'Vandaag verloren bij de rechter. Morgen vergaderen we. Taart was al besteld, die eten we toch op. #lindewaard #windpark',
          {},
        ],
        [
          21,
          'contrabas op wielen @basbas',
          'Eerste huurder van een deelbakfiets ooit, zegt de app. De bas lag op een dekentje. Aanrader, behalve de stoeprand. #lindewaard',
          {},
        ],
        [
          24,
          'Luna’s baasje @luna_en_ik',
          'Geen hondenbelasting meer! Luna heeft van het eerste geld een kluif gekregen. #lindewaard',
          {},
        ],
        [
          17,
          'repaircafé De Schakel @repairschakel',
          'Tien jaar en nog steeds dezelfde schroevendraaier. Alleen het heft, het blad en het doosje zijn nieuw. #lindewaard',
          {},
        ],
        [
          22,
          'Noor @noor_hz',
          'Een huisarts zei vandaag tegen me: we verwijzen ze naar een muur. Ik heb er de hele dag over nagedacht. #lindewaard',
          {},
        ],
        [
          27,
          'Schipper Dirk @binnenvaartdirk',
          'Laatste schutting met Cor aan de knoppen. Hoorn, vlag, en een brok in de keel. #lindewaard #sluis',
          {},
        ],
      ] satisfies Toot[]
    ).map(toot),
    ...(
      [
        [
          0,
          'Joost @joostvdv',
          'Update vanuit mijn raam: er staat nu een witte tent op de brug. Het lijkt een bruiloft maar dan met meer maskers. #lindewaard #sluisbrug',
        ],
        [
          0,
          'Fatma @fatma_k',
          'Container gaat weer open. Ik heb staan juichen op straat in mijn ochtendjas. #lindewaard',
        ],
        [
          0,
          'Bas op de fiets @basopdefiets',
          'Vijf raadsleden op de fiets over de Molenweg, ik reed erachter. Dit was de beste inspraakavond ooit. #lindewaard',
        ],
        [0, 'Sjaak de kat @sjaakdekat', 'Miauw. (Ik was niet vast, ik was op inspectie.) #lindewaard #sluisbrug'],
        [
          0,
          'Marleen leest @marleenleest',
          'De bieb heeft nu een bordje “hier mag je fluisteren”. Iemand heeft eronder gezet: “we horen het toch”. #lindewaard',
        ],
        [
          0,
          'Aoife @aoife_nl',
          'Cycled home along the towpath in the dark. Geese: three, me: nil. #lindewaard',
          { language: 'en' },
        ],
        [
          0,
          'Weer Waardstreek @weerbot',
          'Vannacht kans op gladheid op bruggen. De Sluisbrug mag u overslaan. #lindewaard',
        ],
        [
          0,
          'Samir @samir_elz',
          'Zoon van zes vraagt of de brug ziek is. Ik zei: hij heeft iets ouds ingeslikt. Hij wil een kaart sturen. #lindewaard',
        ],
      ] satisfies Toot[]
    ).map((one): Item => ({ ...toot(one as Toot), later: true })),
  ],
};

type Skeet = [day: number, text: string, extra?: Partial<Item>];
const skeet = ([day, text, extra]: Skeet): Item => ({ day, text, ...extra });

/** One reporter, followed by name. */
export const blueskyFenna: Outlet = {
  slug: 'bluesky',
  name: 'Fenna Kroese',
  about: 'Verslaggever bij Omroep Waardstreek. Water, bruggen, mensen.',
  kind: 'social',
  folder: 'Sociale media',
  language: 'nl',
  rhythm: 'newsroom',
  via: { bluesky: { handle: 'fennakroese.example', did: 'did:web:fennakroese.example' } },
  server: { validators: 'none' },
  items: [
    ...(
      [
        [
          0,
          'Bij de Sluisbrug. De aannemer wil niets zeggen, de asbestman wil alles zeggen, maar dan zonder naam. Straks meer.',
          { ago: 6.4, key: 'bij-de-brug' },
        ],
        [
          0,
          'De kabelgoot waar het om gaat is 34 meter lang en lag op geen enkele tekening. Gevonden door een stagiair met een schroevendraaier.',
          { replyTo: 'bij-de-brug', later: 'soon' },
        ],
        [
          0,
          'Winkelier aan de Havenkade: “Ik heb vanochtend meer journalisten dan klanten gehad. Koop dan tenminste iets.” Ik heb een muts.',
          { later: 'soon' },
        ],
        [
          1,
          'Raadsvergadering jeugdhulp. Vier uur, twee moties, en op de tribune een moeder die de hele tijd heel stil zat te breien.',
          {},
        ],
        [1, 'Elf maanden. Ik heb het drie keer nagevraagd. Gemiddeld.', {}],
        [2, 'Die radioprijs staat nu op de wc van de redactie, naast die van 2011. Traditie.', {}],
        [
          3,
          'Voor het programma over nachtbussen zoek ik iemand die na negenen met lijn 14 reist en daar iets over wil vertellen. Anoniem mag.',
          {},
        ],
        [4, 'Een oud-veerman belt: hij heeft het draaiboek van 2019 nog. “En de pet.” Ik ga erheen.', {}],
        [5, 'Vandaag geleerd: een ijsvogel weegt 40 gram en legt het hele waterschap stil.', {}],
        [6, 'Interview bij kaarslicht in De Kajuit. Mijn opname bestaat voor de helft uit “voorzichtig, heet”.', {}],
        [
          8,
          'De vervoerder noemt drie reizigers per bus “onhoudbaar”. Ik heb vanavond meegereden. Het waren er negen.',
          {},
        ],
        [9, 'Was bij de nep-handhavers-zaak. De ene verdachte: “Het hesje was gewoon warm.”', {}],
        [
          11,
          'Vier uur ’s nachts, Molenweg, kettingzagen. Een brandweerman geeft me zonder iets te zeggen zijn handschoenen.',
          {},
        ],
        [
          13,
          'Dirk Verschoor gaf me ooit een interview van twee uur en zei aan het eind: “Schrijf maar op dat ik moeilijk deed.” Bij dezen.',
          {},
        ],
        [15, 'Ik heb Boris ontmoet. Boris is geen wolf. Boris is nauwelijks een hond.', {}],
        [17, 'De aannemer zegt dat de Sluisbrug vóór ligt op schema. Ik zet hem in mijn agenda met potlood.', {}],
        [
          19,
          'Uitspraak windpark: 38 bezwaren, 61 pagina’s, één ventilator in de rechtszaal die er al die tijd doorheen piepte.',
          {},
        ],
        [
          22,
          'Alle zeven huisartsen van een stad die samen zeggen: wij verwijzen niet meer. Dat heb ik in twintig jaar niet meegemaakt.',
          {},
        ],
        [
          25,
          'In de Touwslagerij bij Lotte Harms. Zes beelden per jaar. Ik heb er een uur naar staan kijken en geen vraag gesteld.',
          {},
        ],
        [
          7,
          'Een fontein zonder water heet officieel een “verblijfsobject”. Met dank aan de woordvoerder, die er zelf om moest lachen.',
          {},
        ],
        [
          12,
          'Acht bedden, vier gordijnen, één hond. De nachtopvang is klaar. Buurvrouw Anneke heeft pantoffels gekocht in alle maten.',
          {},
        ],
        [
          14,
          'Een uur door de polder zonder licht. Op mijn opname hoor je 640 mensen fluisteren, en af en toe “sorry, was dat jij?”',
          {},
        ],
        [
          20,
          'Vier minuten overstap in Ambtwaard. Gerend, gevallen, gehaald. De chauffeur: “Ik zag u komen, ik had ook gewacht.”',
          {},
        ],
        [
          27,
          'Cor Bezemer draait de sluis voor het laatst dicht, doet het licht uit, doet het weer aan. “Nog even kijken.”',
          {},
        ],
      ] satisfies Skeet[]
    ).map(skeet),
    ...(
      [
        [
          0,
          'Wethouder Tuinstra vanavond om zeven uur live. Ik mag de vragen stellen. Geef me er een die ze nog niet heeft gehad.',
        ],
        [0, 'Oud-veerman Kalkman aan de keukentafel, draaiboek in een ringband. Tabblad 4 heet “ganzen”.'],
        [
          0,
          'Net gehoord: besluit over de pont valt woensdag. “Serieus, niet beloofd.” Dat is gemeentelijk voor hopen.',
        ],
      ] satisfies Skeet[]
    ).map((one): Item => ({ ...skeet(one), later: true })),
  ],
};
