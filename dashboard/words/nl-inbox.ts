import { count } from './nl-counts.ts';

/** What there is for you, and how much you want to hear. */
export const nlInbox = {
  inbox: {
    title: 'Inbox',
    sum: (n: number) =>
      n === 0
        ? 'Je hebt alles gelezen.'
        : n === 1
          ? '1 ding heb je nog niet gelezen.'
          : n > 99
            ? 'Meer dan 99 dingen heb je nog niet gelezen.'
            : `${count.format(n)} dingen heb je nog niet gelezen.`,
    list: 'Wat er voor je is',
    which: 'Wat je ziet',
    all: 'Alles',
    unreadOnly: 'Ongelezen',
    unread: 'ongelezen',
    empty: 'Hier komt wat voor jou is',
    emptyWhy:
      'Iemand noemt je, er gebeurt iets in een gesprek dat je volgt, of er verandert iets in een kring. Nu is er niets.',
    emptyUnread: 'Je hebt alles gelezen',
    emptyUnreadWhy: 'Wat je al las, staat onder Alles.',
    showAll: 'Bekijk alles',
    failed: 'Je inbox kon niet geladen worden',
    older: 'Bekijk oudere',
    markAll: 'Markeer alles als gelezen',
    markedAll: 'Alles staat op gelezen.',
    mark: 'Gelezen',
    markOf: (what: string) => `Markeer als gelezen: ${what}`,
    marked: 'Dit staat op gelezen.',
    unmarked: 'Het staat weer op ongelezen.',
    notMarked: 'Dit is niet gelukt. Probeer het nog eens.',
    noTitle: 'een gesprek zonder titel',
    aCircle: 'een kring',
    everyone: 'de kring van alle collega’s',
    somebody: 'Iemand',
    reason: (reason: string) => `De reden: ${reason}`,
    lastDay: (day: string) => `Welkom tot en met ${day}.`,
    says: {
      mention: (who: string, circle: string) => `${who} noemde je in ${circle}`,
      news: (who: string, circle: string) => `${who} schreef als laatste in ${circle}`,
      newsOf: (circle: string) => `Er is iets nieuws in ${circle}`,
      added: (who: string, circle: string) => `${who} zette je in de kring ${circle}`,
      host: (who: string, circle: string) => `${who} maakte je tafelheer of tafeldame van ${circle}`,
      deputy: (who: string, circle: string) => `${who} maakte je vervanger in ${circle}`,
      member: (who: string, circle: string) => `${who} maakte je lid van ${circle}`,
      handedOver: (who: string, circle: string) => `${who} droeg ${circle} aan je over`,
      accessTaken: (who: string, circle: string) => `${who} nam als beheerder toegang tot ${circle}`,
      accessTakenBySomebody: (circle: string) => `Een beheerder nam toegang tot ${circle}`,
      frameChanged: (who: string, circle: string) => `${who} veranderde het kader van ${circle}`,
      muted: (who: string, circle: string) => `Je kunt in ${circle} even niet schrijven; dat besloot ${who}`,
      unmuted: (circle: string) => `Je kunt in ${circle} weer schrijven`,
      hidden: (circle: string) => `Een reactie van jou in ${circle} is verborgen`,
      shown: (circle: string) => `Een reactie van jou in ${circle} is weer te zien`,
      guestCame: (who: string, circle: string) => `${who} kwam als gast binnen in ${circle}`,
      archived: (who: string, circle: string) => `${who} sloot de kring ${circle} af`,
      reopened: (who: string, circle: string) => `${who} opende de kring ${circle} weer`,
      moveAsks: (who: string, circle: string) => `${who} wil een gesprek uit ${circle} verplaatsen, met jouw woorden`,
      moveAnswered: (circle: string) => `Iedereen antwoordde op je vraag om een gesprek uit ${circle} te verplaatsen`,
      moved: (who: string, circle: string) => `${who} verplaatste een gesprek met jouw woorden naar ${circle}`,
      other: (circle: string) => `Nieuws over ${circle}`,
    },
  },
  levels: {
    title: 'Wat wil je horen?',
    open: 'Wat wil je horen?',
    why: 'Dit gaat over je inbox. In de stroom blijft alles staan.',
    of: (circle: string) => `Wat wil je horen uit ${circle}?`,
    ofThread: (circle: string) => `Over dit gesprek in ${circle}`,
    usual: 'Gewoon: genoemd of gevolgd',
    asCircle: 'Zoals voor de hele kring',
    all: 'Alles',
    mentions: 'Alleen als iemand me noemt',
    nothing: 'Niets',
    saved: 'Bewaard.',
    notSaved: 'Dit is niet bewaard. Probeer het nog eens.',
  },
};
