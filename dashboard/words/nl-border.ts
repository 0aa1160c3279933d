import { count } from './nl-counts.ts';

const colleagues = (n: number) => (n === 1 ? '1 collega' : `${count.format(n)} collega’s`);
const guests = (n: number) => (n === 1 ? '1 gast' : `${count.format(n)} gasten`);

/** Who will hear what one writes, where it is placed, and why it was not. */
export const nlBorder = {
  border: {
    everyone: (n: number) => `alle ${colleagues(n)}`,
    people: (circle: string, n: number) => `${circle}: ${colleagues(n)}`,
    withGuests: (circle: string, n: number, outsiders: number) => `${circle}: ${colleagues(n)}, ${guests(outsiders)}`,
    toGuest: 'de tafelheer of tafeldame, leden en gasten van deze kring',
    notPublic: 'niet openbaar',
    public: 'openbaar',
    outside: (n: number) =>
      n === 1 ? 'Er leest 1 gast van buiten mee.' : `Er lezen ${count.format(n)} gasten van buiten mee.`,
    readAlong: (n: number, outsiders: number) => `${colleagues(n)} en ${guests(outsiders)} lezen mee`,
    where: 'Kring waarin je dit plaatst',
    here: 'Hier wordt dit al besproken',
    elsewhere: 'Ook in een andere kring bespreken',
    choose: 'Kies een kring',
    closed: 'besloten',
    guests,
    placeIn: (circle: string) => `Plaats in ${circle}`,
    beginIn: (circle: string) => `Begin in ${circle}`,
    place: 'Plaats',
    chooseFirst:
      'De kring waarvoor je dit schreef, is er niet meer bij. Kies waar je het plaatst; je tekst staat er nog.',
    changed: (people: string) =>
      `Terwijl je schreef, veranderde wie er meeleest. Nu leest mee: ${people}. Je tekst staat er nog; niemand heeft die gezien.`,
    placeAnyway: (people: string) => `Plaats voor ${people}`,
    refused: {
      frame: 'Nog niet geplaatst: lees eerst het kader van deze kring',
      frameLabel: 'Kader van deze kring',
      frameNew: 'Hier spraken jullie af waar het gesprek over gaat.',
      frameChanged: 'Het kader veranderde sinds je het las:',
      frameRead: 'Gelezen, plaats mijn reactie',
      frameFailed: 'Het kader kon niet geladen worden.',
      muted: 'Nog niet geplaatst: je kunt in deze kring even niet schrijven',
      mutedDo: 'Een tafelheer of tafeldame zette dat zo. De reden staat in je inbox; vraag gerust hoe het verder gaat.',
      closed: 'Nog niet geplaatst: dit gesprek is afgerond',
      closedDo: 'Een tafelheer of tafeldame rondde het in deze kring af. Vraag of het weer open mag.',
      ended: 'Nog niet geplaatst: deze kring is afgelopen',
      endedDo: 'Lezen kan nog. Vraag een tafelheer of tafeldame of de kring weer open mag.',
      notWritable: 'Nog niet geplaatst: je kunt hier meelezen, niet meeschrijven',
      notWritableDo: 'Vraag een tafelheer of tafeldame als je iets wilt zeggen.',
      otherCircle: 'Je kunt ook een andere kring kiezen.',
    },
    movedHere: (name: string) => `${name} verplaatste dit gesprek hierheen.`,
    movedOn: (name: string) => `${name} verplaatste een deel van dit gesprek naar een andere kring.`,
    whoSees: 'Wie ziet dit?',
    whoSeesWhy: 'In elke kring leest men alleen wat dáár gezegd is, en wat buiten staat.',
    isPinned: 'vastgezet',
    isClosed: 'afgerond',
    guest: 'gast',
    hidden: 'Verborgen door de tafelheer of tafeldame.',
    hiddenWhy: (reason: string) =>
      `Verborgen door de tafelheer of tafeldame. Anderen lezen dit niet. De reden: ${reason}`,
    claims: 'Uitgenodigd als schrijver van een bericht hierboven; nog niet bevestigd.',
    wrote: (by: string) => `Schreef een bericht hierboven, bevestigd door ${by}.`,
    wroteIt: 'Schreef een bericht hierboven, bevestigd.',
  },
};
