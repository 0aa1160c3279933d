import type { ColleagueKey } from './people.ts';

/** `after`: minutes after what it answers (the mention, or the reply before it). `@name` names a colleague. */
export type Said = { by: ColleagueKey; after: number; text: string };
export type AboutOutside = { about: string; said: Said[] };
export type BornInside = { title: string; day: number; time: string; said: Said[] };

/** What colleagues said under what was said outside; `about` is its title, or how its text begins. */
export const underMentions: AboutOutside[] = [
  {
    about: 'Sluisbrug blijft drie weken langer dicht',
    said: [
      {
        by: 'joris',
        after: 1,
        text: 'Niet de aannemer, maar het asbest in het westelijke brughoofd houdt ons op. De sanering start woensdag. Fietsers kunnen vanaf vrijdag wél over de noodbrug.',
      },
      { by: 'marja', after: 1, text: 'De noodbrug staat nog niet op onze site. Ik zet het er vanmiddag op.' },
      { by: 'sanne', after: 2, text: 'Dank. @joris, mag ik ‘vanaf vrijdag over de noodbrug’ zo zeggen?' },
      { by: 'joris', after: 1, text: 'Ja, vanaf vrijdag 7 uur. Bakfietsen passen ook, scooters niet.' },
    ],
  },
  {
    about: 'Drie weken omfietsen met twee kleuters?',
    said: [
      {
        by: 'ravi',
        after: 1,
        text: 'Een echte vraag van een echte moeder. Kunnen we haar vandaag nog iets zeggen over een pontje?',
      },
      {
        by: 'joris',
        after: 1,
        text: 'Over een pont beslissen we woensdag. De noodbrug helpt haar eerder: die is breed genoeg voor een bakfiets met kleuters.',
      },
    ],
  },
  {
    about: 'Noodbrug: weet iemand of een bakfiets erover mag?',
    said: [
      { by: 'marja', after: 35, text: 'Ja, dat mag. De breedte is 1,60 meter; ik heb zelf gemeten, met bakfiets.' },
    ],
  },
  {
    about: 'Afvalpas hapert: bewoners zetten zakken naast container',
    said: [
      {
        by: 'marja',
        after: 40,
        text: 'Klopt helaas. De update van de kaartlezers ging mis bij 38 containers. De leverancier vervangt ze vannacht, straat voor straat.\n\nTot dan:\n- wie belt, krijgt van ons de dichtstbijzijnde container die wél werkt\n- zakken naast de container halen we elke ochtend op',
      },
      { by: 'sanne', after: 25, text: 'Mag ik dat lijstje zo overnemen voor Mastodon en het wijkforum?' },
      { by: 'marja', after: 6, text: 'Graag zelfs.' },
      {
        by: 'fatima',
        after: 55,
        text: 'En dat telefoonnummer op de container, van die leverancier in Duitsland: wie haalt de stickers eraf?',
      },
      { by: 'marja', after: 12, text: 'Dat doe ik. Morgen zijn ze weg.' },
    ],
  },
  {
    about: 'Afvalpas doet het niet bij container Beukenlaan 40',
    said: [
      { by: 'marja', after: 70, text: 'Beukenlaan 40 staat boven aan de lijst van vannacht.' },
      { by: 'ravi', after: 9, text: 'Mooi, dan meld ik dat aan Corrie. Zij houdt het de hele buurt bij.' },
    ],
  },
  {
    about: 'Nieuwe bankjes langs de Vliet: mooi, maar waar is de prullenbak?',
    said: [
      {
        by: 'marja',
        after: 50,
        text: 'De prullenbakken komen volgende week; ze waren eerder klaar met de bankjes dan met ons papierwerk. Zes stuks, met deksel vanwege de meeuwen.',
      },
    ],
  },
  {
    about: 'Paspoort in tien minuten: nieuwe balie werkt, zegt bijna iedereen',
    said: [
      {
        by: 'fatima',
        after: 90,
        text: 'Een compliment waard, en een vraag: wat doen we voor wie geen computer heeft?',
      },
      {
        by: 'henk',
        after: 45,
        text: 'Vanaf december zit er op dinsdag en donderdag weer iemand achter een gewone balie, zonder afspraak. Nog niet aangekondigd.',
      },
      { by: 'fatima', after: 10, text: '@sanne, dat is nieuws waar de krant op wacht.' },
    ],
  },
  {
    about: 'Wachtlijst jeugdhulp: moeder wacht al veertien maanden',
    said: [
      {
        by: 'joris',
        after: 180,
        text: 'Over één kind kunnen we niets zeggen. Over de lijst wel: 212 kinderen, vorig jaar 260.',
      },
      {
        by: 'sanne',
        after: 30,
        text: 'Dan geen antwoord op dit geval, wel een bericht met de cijfers en wie je kunt bellen.',
      },
    ],
  },
  {
    about: 'Dijkversterking: 60 woningen krijgen scheurmeters',
    said: [
      {
        by: 'joris',
        after: 240,
        text: 'Het zijn er 64; vier bewoners meldden zich gisteren nog. Verder klopt het stuk.',
      },
    ],
  },
  {
    about: 'Nieuwe bieb: prachtig maar wat een galm',
    said: [
      {
        by: 'marja',
        after: 200,
        text: 'De wandkleden hangen er volgende maand. Tot die tijd: de leeszaal onder de ketels is het stilst.',
      },
    ],
  },
  {
    about: 'Wachtlijst zwemles nu zeven maanden??',
    said: [
      {
        by: 'henk',
        after: 100,
        text: 'Waterlelie heeft drie badmeesters te weinig. Twee beginnen er in januari, dan kan er een les per week bij.',
      },
      { by: 'ravi', after: 20, text: 'Zo zet ik het erop, met dank.' },
    ],
  },
  {
    about: 'Waste card shows red light',
    said: [
      {
        by: 'sanne',
        after: 60,
        text: 'Same cause as on Beukenlaan. I will answer in English, with the list of containers that do work.',
      },
    ],
  },
  {
    about: 'Registering at the town hall: what do I bring?',
    said: [
      {
        by: 'henk',
        after: 130,
        text: 'Passport, rental contract and, for children, a birth certificate. Our English page lacks the last one.',
      },
    ],
  },
  {
    about: 'Lindewaard telt 61 laadpalen, waarvan 14 kapot',
    said: [
      { by: 'joris', after: 300, text: 'Inmiddels 9. Maar ‘kapot’ telden zij ruim: vijf waren bezet.' },
      { by: 'fatima', after: 60, text: 'Laten we het bij 9 houden en niet over tellen gaan twisten.' },
    ],
  },
];

/** Conversations that colleagues began themselves. */
export const bornInside: BornInside[] = [
  {
    title: 'Wie kan zaterdag in de kraam op de kerstmarkt staan?',
    day: 0,
    time: '08:10',
    said: [
      {
        by: 'fatima',
        after: 0,
        text: 'We staan van 10 tot 17 uur op het Kerkplein, met soep en met antwoorden. Vorig jaar gingen de meeste vragen over parkeren, dit jaar wordt het de brug.',
      },
      { by: 'joris', after: 12, text: 'Ik doe de ochtend. Over de brug mag iedereen mij alles vragen.' },
      { by: 'marja', after: 21, text: 'Ik de middag, en ik neem een afvalpas mee die het wel doet.' },
    ],
  },
  {
    title: 'Woordvoering noodbrug: wat zeggen we tot vrijdag?',
    day: 0,
    time: '09:05',
    said: [
      {
        by: 'sanne',
        after: 0,
        text: 'Voorstel, voor iedereen die gevraagd wordt:\n- de brug zelf: rond kerst\n- fietsers: vanaf vrijdag 7 uur over de noodbrug, ook met bakfiets\n- een pont: woensdag beslist het college\n\n@joris @marja klopt dit?',
      },
      { by: 'joris', after: 9, text: 'Klopt. Zeg er nog bij: afstappen op de noodbrug hoeft niet.' },
    ],
  },
  {
    title: 'Welke woorden gebruiken bewoners voor de afvalpas?',
    day: 3,
    time: '13:30',
    said: [
      {
        by: 'ravi',
        after: 0,
        text: 'Wij zeggen ‘afvalpas’, buiten lees ik: pasje, milieupas, vuilniskaart, containerding. Op onze site vindt zoeken op ‘pasje’ niets.',
      },
      { by: 'marja', after: 48, text: 'Goeie. Ik laat ‘pasje’ en ‘milieupas’ doorverwijzen.' },
      { by: 'henk', after: 15, text: 'Staat erop.' },
    ],
  },
  {
    title: 'Ode aan sluiswachter Cor: wie gaat er naar zijn afscheid?',
    day: 8,
    time: '10:15',
    said: [
      {
        by: 'joris',
        after: 0,
        text: 'Na 41 jaar. Vrijdag 16 uur in de sluiswachterswoning, er is jenever en er zijn verhalen.',
      },
      { by: 'henk', after: 25, text: 'Ik ga, en ik neem de foto’s uit het archief mee.' },
      { by: 'fatima', after: 130, text: 'Ik ook. Mooi stuk in de krant over hem.' },
    ],
  },
  {
    title: 'New colleagues read English: shall we?',
    day: 12,
    time: '11:00',
    said: [
      {
        by: 'sanne',
        after: 0,
        text: 'A third of the questions on the expat forum come back every month. Three short pages in English would answer most of them. Who writes along?',
      },
      { by: 'henk', after: 90, text: 'I do the one about registering.' },
    ],
  },
];
