import { atom } from '#demo/dialects/atom.ts';
import { jsonFeed } from '#demo/dialects/json-feed.ts';
import { rdf } from '#demo/dialects/rdf.ts';
import { rss2 } from '#demo/dialects/rss2.ts';
import { rss092 } from '#demo/dialects/rss09.ts';
import type { Item, Outlet } from './item.ts';
import { takenOver } from './wire.ts';

type Story = [day: number, title: string, text: string, later?: true];
const story = ([day, title, text, later]: Story): Item => ({ day, title, text, ...(later && { later }) });

type Paper = Pick<Outlet, 'slug' | 'name' | 'about' | 'via' | 'server'> & { stories: Story[] };
const paper = ({ stories, ...rest }: Paper): Outlet => ({
  ...rest,
  kind: 'news',
  folder: 'Kranten',
  language: 'nl',
  rhythm: 'newsroom',
  items: [...takenOver(rest.slug), ...stories.map(story)],
});

/** The agency: short, dry, first. */
const regionet = paper({
  slug: 'regionet',
  name: 'RegioNet Persbureau',
  about: 'Nieuws uit de Waardstreek voor redacties',
  via: { feed: rss2({ body: 'html' }) },
  server: { validators: 'last-modified', gzip: true },
  stories: [
    [
      0,
      'Agenda Lindewaard: bewonersavond Sluisbrug',
      'Morgenavond om 19.30 uur is er in buurthuis De Schakel een bewonersavond over de Sluisbrug. Wethouder Tuinstra en de aannemer zijn aanwezig. Pers graag vooraf aanmelden.',
    ],
    [
      2,
      'Twee aanhoudingen na inbraak tuincentrum',
      'Bij tuincentrum Groenrijk in Lindewaard zijn vannacht twee mannen aangehouden. Ze hadden een kar met veertien kerstbomen bij zich. De bomen staan weer op hun plek.',
    ],
    [
      5,
      'Lindewaard tekent voor sporthal Waterrijk',
      'De gemeente Lindewaard en bouwbedrijf Van Es hebben het contract getekend voor sporthal Waterrijk. De bouwsom is 7,4 miljoen euro. De oplevering staat gepland over twee jaar.',
    ],
    [
      9,
      'Waterschap verhoogt tarief met 4,2 procent',
      'Het waterschap verhoogt de heffing volgend jaar met 4,2 procent. Voor een gemiddeld gezin komt dat neer op 19 euro. Als reden noemt het bestuur de versterking van de Noorderdijk.',
    ],
    [
      14,
      'Drugslab ontdekt onder Ambtwaardse kaasboerderij',
      'De politie heeft in de kelder van een leegstaande kaasboerderij bij Ambtwaard een drugslab ontmanteld. De eigenaar woont in Portugal. Er is niemand aangehouden.',
    ],
    [
      20,
      'Inwonertal Lindewaard voorbij 41.000',
      'Lindewaard telt voor het eerst meer dan 41.000 inwoners. De 41.000ste is Jula, dochter van een stel uit Waterrijk. Ze kreeg een rompertje van de burgemeester.',
    ],
    [
      12,
      'Ambulancepost Oost een maand dicht voor verbouwing',
      'De ambulancepost aan de Zonnehof gaat een maand dicht. Wagens rijden zolang vanaf de brandweerkazerne. De aanrijtijden blijven volgens de dienst binnen de norm.',
    ],
    [
      17,
      'Man (52) meldt zich na doorrijden Sluisweg',
      'De bestuurder die vorige week na een aanrijding op de Sluisweg doorreed, heeft zich gemeld. Hij verklaarde te hebben gedacht dat het een hek was.',
    ],
    [
      23,
      'Waterrijk krijgt tweede supermarkt',
      'In winkelcentrum Waterrijk opent volgend voorjaar een tweede supermarkt. Tegen de vergunning kwamen geen bezwaren binnen, wel twee recepten.',
    ],
    [
      26,
      'Gladheidsbestrijding klaar voor winter',
      'In de loods van de gemeente Lindewaard ligt 620 ton strooizout. Vier nieuwe strooiwagens zijn door schoolkinderen gedoopt: Zoutje, Strooi McStrooiface, Ellie en Wagen 4.',
    ],
  ],
});

/** Refuses strangers soon after the demo begins. Old system: windows-1252 that nobody declares, ampersands as they come. */
const waardstreekVandaag = paper({
  slug: 'waardstreek-vandaag',
  name: 'Waardstreek Vandaag',
  about: 'Het laatste nieuws uit Lindewaard & omstreken',
  via: { feed: rss2({ body: 'plain', encoding: 'windows-1252', ampersands: 'bare' }) },
  server: { validators: 'none' },
  stories: [
    [
      0,
      'Winkels & horeca Havenkade vragen om noodfonds',
      'Café ’t Veerhuis, lunchroom Zoë en nog negentien zaken aan de Havenkade willen een noodfonds. Ze zien de omzet dalen met – naar eigen zeggen – veertig procent. “Een fonds van € 150.000 redt het jaar”, zegt Rob Verkaik.',
    ],
    [
      1,
      'Foto’s: mist & zon boven de Noorderpolder',
      'Lezer Truus Kraaij stond om zes uur op de dijk en maakte deze serie. Let op foto vijf: daar loopt iets. Wij zeggen niks.',
    ],
    [
      2,
      'Politie zoekt getuigen aanrijding Sluisweg',
      'Een fietser (16) brak maandag een sleutelbeen bij een aanrijding op de Sluisweg. De bestuurder van een witte auto reed door. Getuigen kunnen bellen of – anoniem – mailen.',
    ],
    [
      4,
      'Lezersvraag: waarom brandt het licht in het stadskantoor ’s nachts?',
      'We vroegen het na. De lampen gaan vanzelf uit, maar de schoonmaakrobot zet ze weer aan. Hij heeft licht nodig om te zien of het donker is. Een monteur komt donderdag.',
    ],
    [
      7,
      'Café De Zwaan stopt na 63 jaar',
      'Riet & Toon van der Meij draaien op oudejaarsavond de deur van café De Zwaan dicht. Een opvolger is er niet. “Mijn knieën zijn twintig jaar ouder dan ik”, zegt Riet (79).',
    ],
    [
      12,
      'Gratis kerstboom bij inlevering oude frituurpan',
      'De milieustraat geeft de eerste tweehonderd bezoekers die een kapotte frituurpan, föhn of broodrooster brengen een kleine kerstboom met kluit. Vol is vol & op is op.',
    ],
    [
      17,
      'Vissers boos: karpers verhuisd zonder overleg',
      'Het waterschap haalde 340 karpers uit de vijver van Waterrijk & zette ze uit in de Vliet. Hengelclub De Dobber wist van niets. “Wij gaven ze namen”, zegt de secretaris.',
    ],
    [
      10,
      'Liveblog: storm boven de Waardstreek',
      '06.50 uur: Molenweg dicht. 07.15 uur: scholen open, behalve De Regenboog, die is op vrijdag toch al dicht. 08.02 uur: schutting gemeld in vijver. 08.03 uur: eigenaar gevonden.',
    ],
    [
      19,
      'Reacties op uitspraak windpark: van taart tot tranen',
      'Voorzitter van Tegenwind: “We eten de taart toch maar op.” Molenaar Bouke: “Ik ben de enige hier met ervaring & niemand belt.” De wethouder: “Een zorgvuldig besluit.”',
    ],
    [
      23,
      'Rommelmarkt De Schakel brengt € 4.120 op',
      'De opbrengst gaat naar de nachtopvang. Het duurste stuk was een koekblik van € 85, waarin bij nader inzien nog koekjes zaten uit 1974.',
    ],
  ],
});

const polderpost = paper({
  slug: 'polderpost',
  name: 'De Polderpost',
  about: 'Weekblad voor de dorpen van de Noorderpolder',
  via: { feed: rss2({ body: 'content', dates: 'dutch' }) },
  server: { validators: 'both' },
  stories: [
    [
      0,
      'Melkveehouder zet stal open: ‘Kom ruiken, dan weet je het’',
      'Na de klachten over mestgeur nodigt boer Arjan Kooistra de bewoners van De Hoven uit in zijn stal. Er is koffie en een rondleiding. ‘Ik rijd twee dagen uit. De rest van het jaar ruik ik júllie barbecues.’',
    ],
    [
      4,
      'Dorpshuis Noordeind krijgt warmtepomp en ruzie',
      'De warmtepomp van dorpshuis Noordeind werkt uitstekend, maar staat volgens de toneelvereniging aan de verkeerde kant. Tijdens de stilte in het derde bedrijf hoort de zaal hem nadenken.',
    ],
    [
      8,
      'Laatste bakker van Noordeind wordt automaat',
      'Wie in Noordeind brood wil, haalt het voortaan uit een kast met klepjes bij de kerk. Bakker Jaap (66) vult hem elke ochtend om vijf uur. ‘Ik mis het praatje, mijn rug niet.’',
    ],
    [
      13,
      'Ganzen vreten zaaigoed, boeren willen meer geld',
      'Zeker vijftien boeren in de Noorderpolder hebben hun wintertarwe verloren aan ganzen. De vergoeding dekt volgens hen de helft. Een proef met een robothond mislukte: de ganzen gingen erop zitten.',
    ],
    [
      19,
      'Windpark: drie buren, drie meningen',
      'Aan de Polderweg wonen ze naast elkaar. Nummer 8 krijgt een molen op zijn land en 40.000 euro per jaar. Nummer 10 krijgt de schaduw. Nummer 12 heeft zonnepanelen en begrijpt de ophef niet. Ze drinken nog wel koffie samen, ‘maar korter’.',
    ],
    [
      25,
      'Schaatsbaan Noordeind verkocht aan molenaar',
      'De weiland-ijsbaan van Noordeind heeft een nieuwe eigenaar. Molenaar Bouke laat hem elke winter onder water lopen, ook als het niet vriest. ‘Eenden moeten ook iets.’',
    ],
    [
      0,
      'Rondje langs de kramen: wie staat er op de kerstmarkt?',
      'Zesenveertig kramen, waarvan er negen iets met honing doen. Wij liepen de lijst na en telden ook vier breiclubs, twee imkers met ruzie en een man die van wasknijpers schepen maakt.',
      true,
    ],
  ],
});

const nieuwsbladAmbtwaard = paper({
  slug: 'nieuwsblad-ambtwaard',
  name: 'Nieuwsblad Ambtwaard',
  about: 'Alles over Ambtwaard, en soms over de overkant',
  via: { feed: atom() },
  server: { validators: 'both', gzip: true },
  stories: [
    [
      0,
      'Drukte in Ambtwaard: winkels profiteren van dichte brug',
      'In de Ambtwaardse winkelstraat is het ongewoon vol. Bij de schoenwinkel stond zaterdag een rij tot de fietsenstalling. ‘Allemaal mensen uit Lindewaard’, zegt de eigenaar. ‘Ze kijken een beetje schuldig.’',
    ],
    [
      3,
      'Ambtwaardse Boys verliest derby door omstreden kopbal',
      'Diep in blessuretijd kreeg Ambtwaardse Boys zondag een tegentreffer die volgens de eigen bank drie meter buitenspel was. Er zijn beelden. De beelden zijn onscherp.',
    ],
    [
      9,
      'Samen afval ophalen met Lindewaard? Liever niet',
      'De raad van Ambtwaard voelt niets voor één afvaldienst met de buren. ‘Onze containers gaan open’, vatte een raadslid het debat samen.',
    ],
    [
      15,
      'Kermis Ambtwaard zoekt jonge tentenbouwers',
      'De gemiddelde leeftijd van de opbouwploeg is 67. Wie twee rechterhanden heeft en een week vrij, kan zich melden bij de gemeentewerf. Er is soep.',
    ],
    [
      22,
      'Kunstwerk op rotonde blijkt ondersteboven te staan',
      'Elf jaar lang keek Ambtwaard tegen de onderkant van ‘Opgang’ aan. De kunstenares merkte het zelf, vanuit de bus. De gemeente draait het beeld in het voorjaar.',
    ],
    [
      12,
      'Ambtwaard had géén storm, wel een scheve haan',
      'Terwijl Lindewaard bomen raapte, telde Ambtwaard één schadegeval: de torenhaan kijkt nu naar het zuiden. ‘Die wil ook naar de winkels’, zegt de koster.',
    ],
    [
      18,
      'Honderden tekenen tegen late busstop',
      'Een lijst tegen het schrappen van de late ritten van lijn 14 is 740 keer getekend. Opvallend veel handtekeningen komen van café De Roskam, dat om elf uur sluit.',
    ],
    [
      28,
      'Nieuwe directeur voor zorgcentrum Vlietzicht',
      'Hanneke Brouwer wordt directeur van zorgcentrum Vlietzicht. Zij werkte eerder bij een containerrederij, ‘waar ook alles op tijd moet, maar waar niemand je bedankt’.',
    ],
  ],
});

const vlietFm = paper({
  slug: 'vliet-fm',
  name: 'Vliet FM',
  about: 'De lokale omroep van Lindewaard, 105.8',
  via: { feed: rss092 },
  server: { validators: 'none' },
  stories: [
    [
      0,
      'Vraag van de dag: pont of noodbrug?',
      'Tot nu toe zegt 71 procent pont, 22 procent noodbrug en 7 procent “graven”. Bel of app en praat mee in Middagkoffie.',
    ],
    [
      2,
      'Verzoekplatenmarathon voor nachtopvang haalt 9.300 euro op',
      'Vierentwintig uur lang draaide Vliet FM alles wat u vroeg, voor een tientje per plaat. De meest gevraagde was een smartlap over een brug.',
    ],
    [
      5,
      'Jan de Weerman stopt na 5.000 voorspellingen',
      'Elke ochtend om kwart over zeven keek Jan de Weerman uit zijn raam. Vrijdag doet hij dat voor de laatste keer op de radio. “Ik zat er 1.900 keer naast, maar altijd met overtuiging.”',
    ],
    [
      9,
      'Kindernieuws: groep 6 interviewt de burgemeester',
      'Wat eet u op brood? Bent u rijk? Mag u de brug maken met uw eigen handen? De antwoorden: pindakaas, nee, en “jullie willen niet dat ik dat doe”.',
    ],
    [
      15,
      'Koor zoekt bassen',
      'Het Lindewaards Mannenkoor heeft nog drie bassen en twaalf tenoren. “Het klinkt alsof we zweven”, zegt de dirigent. Repetitie op donderdag, koffie na.',
    ],
    [
      12,
      'Luisteraars redden kerkuil',
      'Na onze oproep kwamen er zeven mensen met een doos. De uil koos de schoenendoos van meneer Brands, maat 46.',
    ],
    [
      17,
      'De Schakel zoekt piano',
      'De oude is door zijn wervel gegaan. Hij mag vals zijn, als hij maar niet van zwart naar wit kleeft.',
    ],
    [
      26,
      'Honderd jaar mevrouw Kors',
      'Ze kreeg een brief van de koning, een lied van het koor en een nieuwe fiets. “Die had ik gevraagd”, zegt ze. “De vorige is uit ’71.”',
    ],
    [
      21,
      'Storing zender verholpen',
      'Vliet FM was gisteren zes uur uit de lucht. Een muis. Meer willen we er niet over zeggen.',
    ],
  ],
});

const dijkbode = paper({
  slug: 'dijkbode',
  name: 'De Dijkbode',
  about: 'Onafhankelijk nieuws van achter de Noorderdijk',
  via: { feed: rdf },
  server: { validators: 'last-modified' },
  stories: [
    [
      1,
      'Scheurmeters: nu al acht stuks van de muur',
      'Van de zestig scheurmeters langs de Noorderdijk zijn er acht losgelaten. De lijm kan niet tegen vocht, meldt het waterschap. ‘Op een dijk’, zegt bewoner Jan Pronk, en laat een stilte vallen.',
    ],
    [
      6,
      'Meer vrachtwagens over de dijk sinds sluiting brug',
      'Bewoners telden op één dag 214 vrachtwagens over de Noorderdijk. Er geldt een verbod boven 3,5 ton. Controle was er niet, behalve van mevrouw Pronk, met een notitieboekje en een fluitje.',
    ],
    [
      12,
      'Dijkwacht zoekt opvolgers',
      'Van de 88 vrijwillige dijkwachten zijn er 51 ouder dan 65. De cursus duurt twee avonden. Je krijgt een jas, een lamp en een stuk dijk van vierhonderd meter.',
    ],
    [
      18,
      'Hoe hoog moet de dijk? Een rondgang',
      'De een wil geen centimeter erbij vanwege het uitzicht, de ander een meter vanwege zijn kleinkinderen. De hoogte staat al vast: 60 centimeter. We vroegen het toch.',
    ],
    [
      24,
      'Bever graaft, waterschap plaatst gaas',
      'In de teen van de Noorderdijk is een beverhol gevonden van negen meter lang. Het is gedicht. De bever is verhuisd en woont nu, op eigen initiatief, tachtig meter verderop.',
    ],
  ],
});

const kijkOpWaardstreek = paper({
  slug: 'kijk-op-waardstreek',
  name: 'Kijk op Waardstreek',
  about: 'Huis-aan-huisblad met agenda, sport en mensen',
  via: { feed: rss2({ body: 'html', ttlMinutes: 60 }) },
  server: { validators: 'last-modified' },
  stories: [
    [
      1,
      'Op de koffie bij Wim Kalkman, veerman buiten dienst',
      'Hij heeft de pet nog en de bel ook. ‘Drie maanden, 61.000 overtochten, één keer iemand in het water. Dat was ik.’ Wim Kalkman zou het zo weer doen. Zijn vrouw knikt van nee.',
    ],
    [
      4,
      'Agenda: wat is er te doen dit weekend?',
      'Zaterdag intocht van de schaatsclub zonder ijs, zondag orgelconcert, en in De Schakel een workshop kerstkransen maken voor mannen. Die zit vol.',
    ],
    [
      8,
      'Twintig jaar voedselbank: ‘We hadden gehoopt te stoppen’',
      'De voedselbank bestaat twintig jaar en dat is geen feest. Wekelijks halen 143 gezinnen een pakket. Coördinator Bep Slagter: ‘Wij zijn er goed in geworden. Dat is het treurige.’',
    ],
    [
      13,
      'Schaakclub De Loper verslaat computer',
      'Negen leden, één laptop, vier uur en heel veel koffie. De computer stond op stand 3. Dat doet volgens de club niets af aan de prestatie.',
    ],
    [
      20,
      'Gouden bruiloft: Ria en Piet dansen nog',
      'Vijftig jaar geleden botsten hun brommers op de Sluisbrug. ‘Hij had geen voorrang’, zegt Ria. ‘Nog steeds niet’, zegt Piet.',
    ],
  ],
});

const streekbericht = paper({
  slug: 'streekbericht',
  name: 'Streekbericht',
  about: 'Nieuwsbrief over bestuur in de Waardstreek',
  via: { feed: jsonFeed('1.1') },
  server: { validators: 'etag' },
  stories: [
    [
      2,
      'Wat kost drie weken uitstel eigenlijk?',
      'Wij rekenden het na. Regelaars, borden, asbest en huur van het werkterrein: tussen de 380.000 en 460.000 euro. De gemeente heeft een post onvoorzien van 250.000. Het verschil komt, voorspellen wij, uit de meevaller.',
    ],
    [
      7,
      'Jeugdhulp: zes vragen die de raad niet stelde',
      'Waarom vertrekken hulpverleners binnen een jaar? Wat kost inhuur? Hoeveel kinderen haken af op de lijst? De raad vroeg er niet naar. Wij wel. De antwoorden volgen binnen de wettelijke termijn, meldt de gemeente.',
    ],
    [
      14,
      'Begroting in één alinea',
      'Er komt 1,3 miljoen bij, er gaat 7,4 naar een sporthal, de huur van ateliers stijgt, hondenbelasting vervalt, en op pagina 212 staat dat het buitenbad ‘vooralsnog’ niet in het meerjarenplan past.',
    ],
    [
      21,
      'Portret: de ambtenaar die nee durft te zeggen',
      'Ze wil niet met haar naam genoemd worden, maar iedereen in het stadskantoor weet wie het is. ‘Een goed nee op tijd is vriendelijker dan een traag misschien.’',
    ],
  ],
});

export const regionalNews: Outlet[] = [
  regionet,
  { ...waardstreekVandaag, trouble: { forbiddenAfterSeconds: 30 } },
  polderpost,
  nieuwsbladAmbtwaard,
  { ...vlietFm, folder: 'Omroepen' },
  dijkbode,
  kijkOpWaardstreek,
  streekbericht,
];
