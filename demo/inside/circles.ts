import type { RelationKind } from '#domain/relation.ts';
import type { ColleagueKey } from './people.ts';

/** People from outside who came in by an invitation; `email` is where they sign in, with everybody's password. */
export const guests = [
  { key: 'anouk', name: 'Anouk Terpstra', relation: 'customer', email: 'anouk@havenkade.example' },
  { key: 'lotte', name: 'Lotte Veldkamp', relation: 'customer', email: 'lotte@dehoven.example' },
  { key: 'pieter', name: 'Pieter Maas', relation: 'alumnus', email: 'pieter@oudewaard.example' },
  { key: 'willem', name: 'Dr. Willem Hoeksema', relation: 'expert', email: 'hoeksema@waterschool.example' },
] as const satisfies { key: string; name: string; relation: RelationKind; email: string }[];
export type GuestKey = (typeof guests)[number]['key'];
export type PersonKey = ColleagueKey | GuestKey;

type Said = { by: PersonKey; after: number; text: string };
export type CircleTalk = { title: string; day: number; time: string; said: Said[] };
/** A mention's title, and what is said about it in the circle. */
export type CircleUnder = { about: string; said: Said[] };
export type DemoCircle = {
  name: string;
  kind: 'internal' | 'closed';
  host: ColleagueKey;
  deputy: ColleagueKey;
  members: ColleagueKey[];
  guests: { key: GuestKey; reason: string; days: number }[];
  /** Invited, and not come in yet. */
  waiting?: { name: string; relation: RelationKind; reason: string; days: number };
  frame: { question: string; inScope: string; outOfScope: string; result: string; houseRule: string; days: number };
  state: string | null;
  talks: CircleTalk[];
  under: CircleUnder[];
};

/** One circle for all colleagues, and three that are closed: with people who live from the quay, with a former colleague, with an expert. */
export const circles: DemoCircle[] = [
  {
    name: 'Verkeer',
    kind: 'internal',
    host: 'joris',
    deputy: 'marja',
    members: [],
    guests: [],
    frame: {
      question: 'Wat doen we deze week aan het verkeer rond de Sluisbrug?',
      inScope: 'Omleidingen, de noodbrug, borden, de planning van de aannemer.',
      outOfScope: 'Wat de nieuwe brug mag kosten. Dat bespreekt het college.',
      result: 'Joris neemt elke maandag mee wat hier besloten is naar het overleg met de aannemer.',
      houseRule: 'Een gemeten meter is meer waard dan een geschatte.',
      days: 68,
    },
    state: null,
    talks: [
      {
        title: 'Bord bij de afslag Waardweg staat achter een boom',
        day: 1,
        time: '15:20',
        said: [
          {
            by: 'marja',
            after: 0,
            text: 'Vanuit het zuiden zie je het omleidingsbord pas als je er voorbij bent. Ik heb foto’s gemaakt vanaf de fiets.',
          },
          { by: 'joris', after: 35, text: 'De aannemer zet het morgen veertig meter eerder neer.' },
        ],
      },
    ],
    under: [],
  },
  {
    name: 'Binnenstad',
    kind: 'closed',
    host: 'marja',
    deputy: 'joris',
    members: ['sanne', 'fatima'],
    guests: [
      { key: 'anouk', reason: 'Heeft een winkel aan de Havenkade en spreekt voor twaalf buren.', days: 69 },
      { key: 'lotte', reason: 'Woont in De Hoven en brengt elke dag twee kinderen over de brug.', days: 69 },
    ],
    waiting: {
      name: 'Rishi Soekhoe',
      relation: 'customer',
      reason: 'Rijdt de lijnbus naar het station en ziet waar het vastloopt.',
      days: 60,
    },
    frame: {
      question: 'Hoe blijft de binnenstad bereikbaar zolang de Sluisbrug dicht is?',
      inScope: 'Fietsers, bevoorrading, hulpdiensten, parkeren rond de Havenkade.',
      outOfScope: 'De planning van de aannemer. Die bespreken we in kring Verkeer.',
      result: 'Het college krijgt op 15 december een advies. Iedereen die iets inbracht, hoort wat ermee gebeurde.',
      houseRule: 'Geen namen van winkeliers buiten deze kring.',
      days: 69,
    },
    state:
      'Twee dingen staan vast: fietsers kunnen vanaf vrijdag over de noodbrug, en laden en lossen mag tot 11 uur. Open is nog waar de vrachtwagens daarna blijven, en wie de borden zet.',
    talks: [
      {
        title: 'Laden en lossen vóór 11 uur: wat zeggen de winkeliers?',
        day: 4,
        time: '14:10',
        said: [
          {
            by: 'marja',
            after: 0,
            text: 'Tot de brug weer open is, mogen vrachtwagens aan de Havenkade alleen vóór 11 uur lossen. Anouk, lukt dat met verse waar?',
          },
          {
            by: 'anouk',
            after: 55,
            text: 'Met bloemen en brood wel, die komen om zeven uur. De groothandel met dranken komt om een uur of twee en wil niet eerder. Van de twaalf winkels hebben er vier dat probleem.',
          },
          {
            by: 'joris',
            after: 40,
            text: 'Vier is te overzien. Als jullie alle vier dezelfde middag kiezen, zetten wij dan een verkeersregelaar neer.',
          },
          { by: 'anouk', after: 120, text: 'Dinsdag. Ik heb het ze gevraagd, en het mag op papier.' },
          { by: 'marja', after: 20, text: 'Dan begint de proef op dinsdag 1 december. Joris werkt dit uit.' },
        ],
      },
      {
        title: 'Met twee kinderen over de noodbrug in het donker',
        day: 2,
        time: '19:40',
        said: [
          {
            by: 'lotte',
            after: 0,
            text: 'Breed genoeg is hij, dank daarvoor. Maar om half acht ’s ochtends is het donker en de planken zijn glad. Komt er licht?',
          },
          {
            by: 'joris',
            after: 770,
            text: 'Er hangen vanaf morgen acht lampen. De planken krijgen een laag met korrels zodra het een dag droog is.',
          },
          { by: 'lotte', after: 600, text: 'De lampen hangen! Korrels houd ik in de gaten.' },
        ],
      },
    ],
    under: [
      {
        about: 'Noodbrug: weet iemand of een bakfiets erover mag?',
        said: [
          {
            by: 'lotte',
            after: 180,
            text: 'Dit vroegen bij ons op school vier ouders. Het mag dus, maar bij het hek aan de kant van De Hoven moet je wel drie keer steken.',
          },
          { by: 'marja', after: 25, text: 'Dat hek kan een meter naar links. Ik vraag het na.' },
        ],
      },
    ],
  },
  {
    name: 'Oud-collega’s',
    kind: 'closed',
    host: 'henk',
    deputy: 'fatima',
    members: ['joris'],
    guests: [{ key: 'pieter', reason: 'Leidde in 2019 de vorige brugsluiting en bewaart het draaiboek.', days: 150 }],
    frame: {
      question: 'Wat wisten we vroeger al, dat ons nu helpt?',
      inScope: 'Draaiboeken, namen van wie het weet, lessen van eerdere keren.',
      outOfScope: 'Personeelszaken en wie er waarom vertrok.',
      result: 'Henk zet wat bruikbaar is in het archief, met wie het inbracht.',
      houseRule: 'Vroeger was niet alles beter; zeg ook wat toen misging.',
      days: 150,
    },
    state: null,
    talks: [
      {
        title: 'In 2019 losten we dit op met een pontje, het draaiboek heb ik nog',
        day: 0,
        time: '07:30',
        said: [
          {
            by: 'pieter',
            after: 0,
            text: 'Toen was de brug zes weken dicht. Het pontje voer van 6 tot 22 uur met twee schippers van de roeivereniging, en kostte een derde van wat pendelbussen kostten. Wat misging: de eerste week wist niemand dat het er was.',
          },
          {
            by: 'henk',
            after: 28,
            text: 'Het draaiboek was bij ons zoek. Wil je het hier neerzetten? Dan leg ik het vandaag bij het besluit van woensdag.',
          },
          {
            by: 'pieter',
            after: 14,
            text: 'De hoofdlijn: vergunning van het waterschap vooraf (duurde twee weken!), steiger bij de Havenkade huren van de zeilclub, en de dienstregeling op elk bushokje.',
          },
          { by: 'joris', after: 22, text: 'Die twee weken wist ik niet. Ik bel het waterschap nu.' },
        ],
      },
    ],
    under: [],
  },
  {
    name: 'De sluis van 2028',
    kind: 'closed',
    host: 'joris',
    deputy: 'marja',
    members: ['henk'],
    guests: [{ key: 'willem', reason: 'Onderzoekt hoe steden een lange brugsluiting doorkomen.', days: 22 }],
    frame: {
      question: 'Wat leren we van deze sluiting voor de vervanging van de sluisdeuren in 2028?',
      inScope: 'Voorbereiding, planning, wat anderen deden.',
      outOfScope: 'De aanbesteding zelf.',
      result: 'Een lijst van tien lessen, die met namen naar de raad gaat.',
      houseRule: 'Cijfers met bron, anders is het een vermoeden. Dat mag ook, zeg het er dan bij.',
      days: 120,
    },
    state: null,
    talks: [
      {
        title: 'Wat andere steden leerden van een tijdelijke brugsluiting',
        day: 4,
        time: '16:05',
        said: [
          {
            by: 'willem',
            after: 0,
            text: 'Van elf sluitingen die ik bekeek, liepen er acht uit. In zes daarvan was de oorzaak iets wat onder het oppervlak zat en vooraf met een boring te vinden was geweest. Een boring kost een fractie van een week uitloop.',
          },
          {
            by: 'joris',
            after: 45,
            text: 'Bij ons was het asbest in het westelijke brughoofd. Staat in het bouwdossier van 1961, bleek achteraf.',
          },
          {
            by: 'henk',
            after: 65,
            text: 'Dat dossier ligt in ons archief. Les een: vraag het archief vóór je een planning belooft.',
          },
          {
            by: 'willem',
            after: 30,
            text: 'En les twee: beloof een bandbreedte, geen datum. Inwoners bleken dat beter te verdragen dan drie keer een nieuwe datum.',
          },
        ],
      },
    ],
    under: [],
  },
];
