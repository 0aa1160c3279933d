import { count } from './nl-counts.ts';

const colleagues = (n: number) => (n === 1 ? '1 collega' : `${count.format(n)} collega’s`);
const guests = (n: number) => (n === 1 ? '1 gast van buiten' : `${count.format(n)} gasten van buiten`);
const replies = (n: number) => (n === 1 ? '1 reactie' : `${count.format(n)} reacties`);
const people = (c: number, g: number) => {
  if (g === 0) return colleagues(c);
  return c === 0 ? guests(g) : `${colleagues(c)} en ${guests(g)}`;
};
const read = (c: number, g: number) => (c + g === 1 ? 'leest' : 'lezen');

/** Moving a conversation from one circle to another. */
export const nlMoves = {
  moves: {
    open: 'Verplaats naar een andere kring',
    aClosed: 'een besloten kring',
    anotherCircle: 'een andere kring',
    from: 'Uit',
    to: 'Naar',
    choose: 'Kies een kring',
    looking: 'Kijken wat er verandert …',
    nobodyElse: 'Er is geen andere kring waarin je schrijft.',
    newReaders: (c: number, g: number) => `Nieuw ${read(c, g)} mee: ${people(c, g)}.`,
    named: (names: string, more: number) => (more > 0 ? `${names} en nog ${count.format(more)}` : names),
    nobodyNew: 'Niemand leest nieuw mee, dus niemand hoeft het goed te vinden.',
    lostReaders: (c: number, g: number) => `Uit deze kring ${read(c, g)} ${people(c, g)} daar niet mee.`,
    whatGoes: 'Wat er gezegd is',
    moreReplies: (n: number) => `En nog ${replies(n)}.`,
    title: (name: string) => `De titel, van ${name}`,
    kept: 'Verborgen of ingetrokken',
    before: {
      own: 'van jou, gaat mee',
      asks: 'wordt eerst gevraagd',
      goes: 'gaat mee',
      agreed: 'gaat mee',
      refused: 'blijft hier',
      changed: 'blijft hier',
      stays: 'blijft hier',
    },
    now: {
      own: 'gaat mee',
      asks: 'nog geen antwoord',
      goes: 'gaat mee',
      agreed: 'mag mee',
      refused: 'blijft hier',
      changed: 'blijft hier: veranderd na het antwoord',
      stays: 'blijft hier',
    },
    asked: 'Wie eerst gevraagd wordt',
    askedFor: (name: string, n: number, title: boolean) => {
      if (n === 0) return `${name}: de titel`;
      return `${name}: ${replies(n)}${title ? ' en de titel' : ''}`;
    },
    nothingYet: 'Er verplaatst nog niets. Dat doe je zelf, als de antwoorden er zijn.',
    ask: (n: number) => (n === 1 ? 'Vraag het aan 1 persoon' : `Vraag het aan ${count.format(n)} mensen`),
    prepare: 'Zet de verplaatsing klaar',
    way: (from: string, to: string) => `Van ${from} naar ${to}.`,
    waiting: (n: number) =>
      n === 0
        ? 'Iedereen heeft geantwoord.'
        : `Nog ${n === 1 ? '1 persoon heeft' : `${count.format(n)} mensen hebben`} niet geantwoord.`,
    staysWhy: 'Wie geen ja zei, houdt zijn woorden waar ze staan.',
    apply: 'Verplaats wat mee mag',
    cancelMove: 'Trek de vraag in',
    cancelled: 'Ingetrokken. Er is niets verplaatst.',
    done: (to: string) => `Verplaatst naar ${to}. Wat niet mee mocht, staat waar het stond.`,
    underWay: (name: string, to: string) => `${name} vraagt dit gesprek te verplaatsen naar ${to}.`,
    yoursUnderWay: (to: string) => `Je vroeg dit gesprek te verplaatsen naar ${to}.`,
    look: 'Bekijk de antwoorden',
    asksYou: (name: string, from: string, to: string) => `${name} wil dit gesprek uit ${from} verplaatsen naar ${to}.`,
    readByKind: {
      outside: 'Daar lezen alle collega’s.',
      desk: 'Daar leest het team dat naar buiten antwoordt.',
      internal: 'Daar lezen alle collega’s.',
      closed: 'Daar lezen de leden en gasten van die kring.',
      public: 'Daar leest iedereen die zich aanmeldt.',
    },
    notYou: 'Jij leest daar niet mee.',
    yours: (n: number): string => (n === 1 ? 'Dit schreef jij:' : 'Deze woorden zijn van jou:'),
    yourTitle: 'De titel van het gesprek',
    yes: 'Ze mogen mee',
    no: 'Laat ze hier',
    said: {
      none: 'Zonder je antwoord blijven ze hier.',
      yes: 'Je zei: ze mogen mee. Je kunt je bedenken tot het gesprek verplaatst is.',
      no: 'Je zei: laat ze hier. Je kunt je bedenken tot het gesprek verplaatst is.',
      again: 'Je veranderde je woorden na je antwoord. Ze blijven hier, tenzij je het opnieuw goedvindt.',
      mixed: 'Een deel mag mee, een deel blijft hier. Je kunt je bedenken tot het gesprek verplaatst is.',
    },
  },
};
