import { atom, atom03 } from '#demo/dialects/atom.ts';
import { jsonFeed } from '#demo/dialects/json-feed.ts';
import { podcast } from '#demo/dialects/podcast.ts';
import { rdf } from '#demo/dialects/rdf.ts';
import { rss2 } from '#demo/dialects/rss2.ts';
import { rss091, rss092 } from '#demo/dialects/rss09.ts';
import type { Outlet } from './item.ts';
import { takenOver, wireKey } from './wire.ts';

/** Everything points at the one page of news that this site has. */
export const havenkade: Outlet = {
  slug: 'havenkade',
  name: 'Ondernemers Havenkade',
  about: 'Winkeliersvereniging Havenkade en Touwbaan',
  kind: 'organisation',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'office',
  via: { feed: atom({ oneLink: true }) },
  server: { validators: 'etag' },
  items: [
    ...takenOver('havenkade'),
    {
      day: 0,
      later: 'soon',
      by: 'Rob Verkaik',
      title: 'Wij zijn gewoon open',
      text: 'Voor wie het nog niet wist: de brug is dicht, wij niet. Parkeer in de garage (er is plek, wat het bord ook zegt) en laat je kaartje afstempelen: eerste uur op onze kosten.',
    },
    {
      day: 2,
      by: 'Rob Verkaik',
      title: 'Omzet -38 procent: de enquête',
      text: 'Eenentwintig van de zesentwintig leden vulden de enquête in. Gemiddeld 38 procent minder dan vorig jaar. Vier leden overwegen te stoppen. Dit gaat naar de wethouder, met een bos bloemen van Greet.',
    },
    {
      day: 6,
      by: 'Bestuur',
      title: 'Kerstmarkt zonder kade',
      text: 'We begrijpen dat de vrachtwagens er niet bij kunnen. We begrijpen minder dat we het uit de krant moesten lezen. Daarover is inmiddels een goed gesprek geweest.',
    },
    {
      day: 12,
      by: 'Zoë',
      title: 'Lichtjesavond gaat door',
      text: 'Vrijdag om vijf uur steken we alles aan. Warme chocomel bij ’t Veerhuis, mosselen bij Kees, en het mannenkoor zingt zonder bassen.',
    },
    {
      day: 21,
      by: 'Bestuur',
      title: 'Nieuwe leden: welkom Lotte en Hamza',
      text: 'Op nummer 14 opent een fietsenmaker, op 31 een galerie. Midden in een afsluiting, wat een lef. Ga langs.',
    },
    {
      later: true,
      day: 0,
      by: 'Rob Verkaik',
      title: 'Actie: breng een fietser mee',
      text: 'Wie aantoonbaar is omgefietst (modder telt) krijgt tot zaterdag tien procent korting in alle winkels aan de kade.',
    },
  ],
};

export const bibliotheek: Outlet = {
  slug: 'bibliotheek-de-vliet',
  name: 'Bibliotheek De Vliet',
  about: 'Nieuws uit de oude zuivelfabriek',
  kind: 'organisation',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'office',
  via: { feed: atom03 },
  server: { validators: 'both' },
  items: [
    {
      day: 0,
      by: 'Marjan',
      title: 'Over de galm',
      text: 'We horen jullie (letterlijk). Er komen wandkleden, gemaakt door quiltclub De Lappen, en tot die tijd is de stilteruimte op de tweede verdieping echt stil. Fluisteren bij de koffie mag.',
    },
    {
      day: 4,
      by: 'Youri',
      title: 'Digihulp zonder afspraak',
      text: 'Elke maandag- en donderdagmiddag zitten er vrijwilligers klaar voor je telefoon, je DigiD en je printer. Vorige week hielpen ze 61 mensen. De printer won twee keer.',
    },
    {
      day: 8,
      by: 'Marjan',
      title: 'Taaltafel op dinsdag zit vol plezier',
      text: 'Elf mensen, negen talen, één onderwerp: het weer. Schuif aan, ook als je pas drie woorden kent. Dat zijn er drie meer dan wij van jouw taal.',
    },
    {
      day: 14,
      by: 'Youri',
      title: 'Wat lazen we het meest?',
      text: 'De top drie van deze maand: een kookboek, een thriller over een dijkgraaf en, al zes weken op één, een boek over bruggen.',
    },
    {
      day: 11,
      by: 'Marjan',
      title: 'Vandaag later open vanwege de storm',
      text: 'Er ligt een dakgoot op de stoep. Niemand is gewond, ook de dakgoot niet. We gaan om één uur open, met soep.',
    },
    {
      day: 18,
      by: 'Youri',
      title: 'Boeken die te laat zijn',
      text: 'We rekenen geen boete meer. In de eerste week kwamen er 412 boeken terug, waaronder een reisgids uit 1988. Portugal is veranderd.',
    },
    {
      day: 22,
      by: 'Marjan',
      title: 'We zijn open!',
      text: 'Na twee jaar bouwen gaan vandaag om tien uur de deuren open. De burgemeester leent het eerste boek. We zeggen niet welk, maar het gaat over kippen.',
    },
    {
      later: true,
      day: 0,
      by: 'Youri',
      title: 'Kerstknutselen: nog zes plekken',
      text: 'Zaterdag van twee tot vier, vanaf vier jaar. Neem een oude trui mee die vies mag worden. Lijm is er genoeg, dat bleek vorige keer.',
    },
  ],
};

export const sluispraat: Outlet = {
  slug: 'sluispraat',
  name: 'Sluispraat',
  about: 'Een oud-sluiswachter kijkt naar het water en denkt er het zijne van',
  kind: 'blog',
  folder: 'Blogs',
  language: 'nl',
  rhythm: 'day',
  via: { feed: rdf },
  server: { validators: 'none' },
  items: [
    {
      day: 0,
      later: 'soon',
      by: 'Cor Bezemer',
      title: 'Die kabelgoot',
      text: `Ik had het ze kunnen vertellen. In ’81 hebben we er nog een telefoonlijn doorheen getrokken, met een bezemsteel. Stond nergens op papier, maar de oude garde wist het.

Niemand belt een gepensioneerde. Dat is geen verwijt. Of een klein beetje.`,
    },
    {
      day: 3,
      by: 'Cor Bezemer',
      title: 'Een mens achter het glas',
      text: 'Vanmorgen lag er een zeilboot een half uur voor de deuren. In de centrale dachten ze dat hij stil lag te vissen. Ik heb gezwaaid naar de camera tot ze opendeden.',
    },
    {
      day: 9,
      by: 'Cor Bezemer',
      title: 'Wat stroomt er eigenlijk',
      text: 'Ze zeggen dat een pont niet kan vanwege de stroming. Bij spui trekt het hier 0,8 meter per seconde. In 2019 was dat ook zo. Wim voer dan een kwartier niet en iedereen at een broodje.',
    },
    {
      day: 15,
      by: 'Cor Bezemer',
      title: 'De reiger van paal 3',
      text: 'Hij staat er al negen jaar. Kinderen noemen hem de ambtenaar. Dat vind ik niet eerlijk, hij vangt elke dag wat.',
    },
    {
      day: 6,
      by: 'Cor Bezemer',
      title: 'Wat er drijft',
      text: 'Vanochtend voorbij: een boomstam, een strandbal, een koelkast zonder deur met een meerkoet erin. De koelkast lag goed in het water.',
    },
    {
      day: 11,
      by: 'Cor Bezemer',
      title: 'Storm van binnenuit',
      text: 'Vroeger zat ik bij windkracht tien in het huisje en hield de deuren met mijn stem. Nu zit ik thuis en houd ik mijn mond. Mevrouw Bezemer vindt dat vooruitgang.',
    },
    {
      day: 20,
      by: 'Cor Bezemer',
      title: 'Over fietsen in het water',
      text: 'Tweehonderdveertien, zegt de krant. Ik heb er in 41 jaar één zien vallen. De rest wordt dus gebracht.',
    },
    {
      day: 26,
      by: 'Cor Bezemer',
      title: 'Laatste week',
      text: 'Ik heb de thermoskan al mee naar huis. Nu nog de stoel, maar die staat er langer dan ik.',
    },
  ],
};

export const vvLindewaard: Outlet = {
  slug: 'vv-lindewaard',
  name: 'VV Lindewaard',
  about: 'Voetbalvereniging sinds 1924, geel-zwart',
  kind: 'organisation',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: rss091 },
  server: { validators: 'none' },
  items: [
    {
      day: 1,
      title: 'Training JO11 op veld 3',
      text: 'Veld 2 is te nat. Neem allebei je schoenen mee, je weet nooit. Ouders: parkeer niet op het veld, ook niet heel even.',
    },
    {
      day: 3,
      title: 'Derby gewonnen, kantine leeg',
      text: 'Negenhonderd man, 2-1, en om half zes was het bier op. De voorzitter heeft zelf kratten gehaald in Ambtwaard. Ze vroegen waarvoor.',
    },
    {
      day: 6,
      title: 'Vrijwilliger van het jaar: Gijs van de ballen',
      text: 'Al 31 jaar pompt Gijs elke woensdag honderdtwintig ballen op. Hij kreeg een beker en, op verzoek, een nieuwe pomp.',
    },
    {
      day: 10,
      title: 'Alle wedstrijden afgelast',
      text: 'Vanwege de storm gaat alles van het programma af. De doelen zijn vastgezet, de vlag is binnen, de grensrechter ook.',
    },
    {
      day: 17,
      title: 'Contributie: betalen kan nog in termijnen',
      text: 'Niemand hoeft te stoppen om geld. Bel Trudy, die regelt het en praat er met niemand over.',
    },
    {
      day: 13,
      title: 'Nieuwe lampen op veld 1',
      text: 'De oude gingen uit bij regen, de nieuwe gaan vanzelf aan bij schemer. De buren aan de Elzenhof hebben afgestemd hoe fel. Dank voor het kijken met ons mee.',
    },
    {
      day: 20,
      title: 'Gevonden voorwerpen',
      text: 'Elf bidons, drie linkerhandschoenen, een gebitsbeschermer en een trouwring. Die laatste graag snel, er wordt al over gepraat.',
    },
    {
      day: 27,
      title: 'Scheidsrechters gezocht',
      text: 'We hebben 31 teams en 9 scheidsrechters. Je krijgt een cursus, een fluit en gratis gehaktballen. Schelden doen wij hier niet, en anders Trudy wel.',
    },
    {
      day: 24,
      title: 'Meiden JO15 kampioen',
      text: 'Ongeslagen, 41 doelpunten voor, 6 tegen. De platte kar reed via de omleiding en deed er een uur over. Ze hebben het hele uur gezongen.',
    },
    {
      later: true,
      day: 0,
      title: 'Inhaalwedstrijd zaterdag',
      text: 'De afgelaste wedstrijd tegen De Dijk is zaterdag om 14.30 uur. De bezoekers komen met de fiets, over de stuw, dus wees lief.',
    },
  ],
};

/** Its system writes another guid with every export. */
export const tegenwind: Outlet = {
  slug: 'tegenwind',
  name: 'Tegenwind Noorderpolder',
  about: 'Bewoners tegen windreuzen zo dichtbij',
  kind: 'organisation',
  folder: 'Verenigingen',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: rss2({ body: 'html', guid: 'changing', stamped: true }) },
  server: { validators: 'none' },
  items: [
    {
      day: 0,
      by: 'Bestuur',
      title: 'Hoger beroep: we doen het',
      text: 'Met 61 tegen 14 stemmen besloten onze leden in hoger beroep te gaan. Daar is 9.000 euro voor nodig. We beginnen met een wafelbakactie, en nee, dat is geen grap.',
    },
    {
      day: 5,
      by: 'Bestuur',
      title: 'Slagschaduw: zes uur per jaar, wie telt er?',
      text: 'De rechter staat zes uur slagschaduw per jaar toe. Prima. Wie zit er dan met een stopwatch in mijn keuken? We vragen de gemeente om een meetplan vóór de eerste paal.',
    },
    {
      day: 12,
      by: 'Marga',
      title: 'Waarom ik meedoe',
      text: 'Ik ben niet tegen wind. Ik ben tegen een besluit dat in een zaal zonder ramen is genomen, op een dinsdag, toen wij allemaal aan het werk waren.',
    },
    {
      day: 19,
      by: 'Bestuur',
      title: 'Uitspraak: teleurgesteld, niet verslagen',
      text: 'De rechtbank wijst alle bezwaren af. We lezen de uitspraak eerst helemaal, alle 61 pagina’s. Daarna pas boos worden.',
    },
    {
      day: 8,
      by: 'Marga',
      title: 'Wafels: 1.140 euro',
      text: 'Driehonderdtachtig pakken verkocht, ook aan twee mensen die vóór de molens zijn. Een wafel is een wafel.',
    },
    {
      day: 23,
      by: 'Bestuur',
      title: 'Excursie naar windpark Oosterhaven',
      text: 'We gingen luisteren. De een hoorde niets, de ander hoorde zee, Marga hoorde een wasmachine met een schoen erin. Het verslag vermeldt alle drie.',
    },
    {
      day: 28,
      by: 'Bestuur',
      title: 'Zitting: neem een trui mee',
      text: 'Het is koud in de rechtbank. De bus vertrekt om 8.15 uur bij het dorpshuis en rijdt om, dus wees op tijd.',
    },
  ],
};

/** A weekly that came every other day and then no more. */
export const buurtbladOost: Outlet = {
  slug: 'buurtblad-oost',
  name: 'Buurtblad Oost',
  about: 'Door en voor de Oosterbuurt',
  kind: 'news',
  folder: 'Kranten',
  language: 'nl',
  rhythm: 'day',
  via: { feed: rss092 },
  server: { validators: 'last-modified' },
  items: [
    {
      day: 16,
      time: '11:30',
      title: 'Even geen blad',
      text: 'Onze drukker is met pensioen en Nel ook bijna. We zoeken een nieuwe ploeg. Tot die tijd: let een beetje op elkaar.',
    },
    {
      day: 18,
      time: '09:15',
      title: 'Oliebollenkraam terug op het Zonneplein',
      text: 'Na twee jaar staat hij er weer, op de oude plek voor de apotheek. De buurt heeft gestemd over krenten: ja, met rozijnen.',
    },
    {
      day: 20,
      time: '16:40',
      title: 'Wie maakt het hek bij de moestuin?',
      text: 'Het hek hangt aan één scharnier en een touwtje. Hout is er, schroeven ook, handen niet. Zaterdag om tien uur, koffie van Nel.',
    },
    {
      day: 22,
      time: '10:05',
      title: 'Speelveldje Zonnehof krijgt doeltjes',
      text: 'Dertien kinderen schreven zelf een brief aan de gemeente. Het antwoord kwam per post, met een stempel en het woord “geachte”. De doeltjes komen in het voorjaar.',
    },
    {
      day: 24,
      time: '14:20',
      title: 'Soep op dinsdag weer begonnen',
      text: 'Elke dinsdag om twaalf uur in de hal van flat C. Breng een kom mee. Vorige week: erwten, 34 kommen, twee keer opscheppen.',
    },
    {
      day: 26,
      time: '12:00',
      title: 'Lift flat B: vierde storing',
      text: 'Mevrouw Schipper (91) woont op de achtste en is sinds vrijdag niet beneden geweest. De buren brengen boodschappen. De verhuurder brengt begrip.',
    },
    {
      day: 28,
      time: '15:45',
      title: 'Nieuwe wijkagent stelt zich voor',
      text: 'Hij heet Ilhan, is 29, fietst en heeft geen haast. Je vindt hem woensdag op het bankje bij de apotheek.',
    },
  ],
};

export const waardOmTeWeten: Outlet = {
  slug: 'waard-om-te-weten',
  name: 'Waard om te weten',
  about: 'Podcast over de Waardstreek, elke week een half uur',
  kind: 'podcast',
  folder: 'Omroepen',
  language: 'nl',
  rhythm: 'office',
  via: { feed: podcast },
  server: { validators: 'both', gzip: true },
  items: [
    {
      day: 2,
      title: '48. De pont van 2019',
      text: 'Wim Kalkman voer drie maanden heen en weer over tachtig meter water. Over ganzen, verliefde scholieren en de dag dat de bel brak.',
    },
    {
      day: 9,
      title: '47. Wie haalt het vuil op?',
      text: 'Een nacht mee met de wagen. Wat er misgaat met de afvalpas, wat mensen weggooien en waarom de chauffeur nooit meer matrassen wil zien.',
    },
    {
      day: 16,
      title: '46. Het bad dat lekt',
      text: 'Onder het buitenbad van De Waterlelie ligt zestig jaar leidingwerk. We kropen mee met de technische dienst en kwamen er nat uit.',
    },
    {
      day: 23,
      title: '45. Elf maanden',
      text: 'Een moeder, een hulpverlener en een wethouder over wachten op jeugdhulp. Zonder muziek deze keer.',
    },
    {
      day: 29,
      title: '44. Slagschaduw',
      text: 'Vier molens, drie buren en een rechter. Hoe een polder leerde ruziën zonder de koffie af te schaffen.',
    },
  ],
};

/** Says a word about other people's pages: its items carry their addresses, and whatever the newsletter hung on them. */
export const linkjesVanLoek: Outlet = {
  slug: 'linkjes-van-loek',
  name: 'Linkjes van Loek',
  about: 'Wat ik las bij de koffie',
  kind: 'blog',
  folder: 'Blogs',
  language: 'nl',
  rhythm: 'day',
  via: { feed: jsonFeed('1.1') },
  server: { validators: 'both' },
  items: [
    {
      day: 0,
      ago: 3,
      by: 'Loek',
      key: 'loek-brug',
      linksTo: `waardbode/${wireKey}`,
      title: 'De brug, natuurlijk',
      text: 'Het is weer zover. Lees vooral de laatste zin: “ze weet het nog niet”. Eerlijk, en toch ga ik er niet beter van slapen.',
    },
    {
      day: 1,
      time: '23:10',
      by: 'Loek',
      key: 'loek-jeugdhulp',
      linksTo: 'omroep-waardstreek/jeugdteam-reageert-wij-slapen-hier-ook-slecht-van',
      title: 'Jeugdteam',
      text: 'Makkelijk om boos te zijn op een lijst. Moeilijker als je hoort wie hem bijhoudt.',
    },
    {
      day: 2,
      by: 'Loek',
      key: 'loek-derby',
      linksTo: 'waardbode/vv-lindewaard-wint-streekderby-in-blessuretijd',
      title: 'Buitenspel of niet',
      text: 'Ik was erbij. Het was buitenspel. Ik heb gejuicht.',
    },
    {
      day: 6,
      by: 'Loek',
      key: 'loek-fontein',
      linksTo: 'waardbode/lindewaard-legt-waterfontein-aan-op-stationsplein-zonder-water',
      title: 'Inches',
      text: 'Iemand heeft ergens in een kantoor gedacht: het zullen wel centimeters zijn.',
    },
    {
      day: 11,
      by: 'Loek',
      key: 'loek-nachtopvang',
      linksTo: 'omroep-waardstreek/nachtopvang-dakloze-jongeren-opent-in-oud-postkantoor',
      title: 'Soep',
      text: 'Zo kan het ook gaan met een bezwaarschrift: het werd een pan soep.',
    },
    {
      day: 19,
      by: 'Loek',
      key: 'loek-fietsen',
      linksTo: 'waardbode/vrijwilligers-halen-214-fietsen-uit-de-vliet',
      title: '214',
      text: 'Als je je fiets mist: hij ligt nu op de gemeentewerf te drogen.',
    },
  ],
};

export const dagboekMolenweg: Outlet = {
  slug: 'molenweg-dagboek',
  name: 'Dagboek van de Molenweg',
  about: 'Ik woon op nummer 88 en tel auto’s',
  kind: 'blog',
  folder: 'Blogs',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: rss2({ body: 'content', dates: 'dutch', stamped: true }) },
  server: { validators: 'none' },
  items: [
    {
      day: 0,
      by: 'nummer 88',
      title: 'Dag 71',
      text: 'Tussen zeven en acht: 614 auto’s, 9 vrachtwagens, 1 bestuurder die mij een broodje aanbood toen hij stilstond. Ham.',
    },
    {
      day: 3,
      by: 'nummer 88',
      title: 'Dag 68',
      text: 'De regelaars zijn er. Ze fluiten mooi tweestemmig. De file is even lang maar gaat ordelijker nergens heen.',
    },
    {
      day: 7,
      by: 'nummer 88',
      title: 'Dag 64',
      text: 'Iemand heeft tegenover mijn huis een bord gezet: “nog 3 minuten”. Er stond niet bij tot wat.',
    },
    {
      day: 11,
      by: 'nummer 88',
      title: 'Dag 60: stilte',
      text: 'Elf bomen op de weg en geen enkele auto. Ik heb voor het eerst sinds september de koffie horen doorlopen.',
    },
    {
      day: 18,
      by: 'nummer 88',
      title: 'Dag 53',
      text: 'Vandaag een bruiloft in de file. De bruid stond buiten te bellen. De gasten in de auto erachter gooiden alvast rijst.',
    },
    {
      day: 27,
      by: 'nummer 88',
      title: 'Dag 44',
      text: 'Ze zeggen dat het werk voorligt op schema. Ik heb taart gekocht. Ik vries hem in.',
    },
  ],
};

/** Was a feed until the site was made new. */
export const wijkkrantWaterrijk: Outlet = {
  slug: 'wijkkrant-waterrijk',
  name: 'Wijkkrant Waterrijk',
  about: 'Onze site is vernieuwd!',
  kind: 'news',
  folder: 'Kranten',
  language: 'nl',
  rhythm: 'office',
  via: { feed: rss2() },
  server: { validators: 'none' },
  trouble: 'web-page',
  items: [],
};
