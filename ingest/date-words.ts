/** Month names and what people make of them, by the first word that matches: Dutch, English, and the neighbours' languages. */
const months = [
  'january jan januari janvier janv januar jänner jaenner enero ene gennaio gen',
  'february feb februari febr février fevrier févr fevr februar febrero febbraio',
  'march mar maart mrt mars märz maerz mrz marzo',
  'april apr avril avr abril abr aprile',
  'may mei mai mayo maggio mag',
  'june jun juni juin junio giugno giu',
  'july jul juli juillet juil julio luglio lug',
  'august aug augustus août aout agosto ago',
  'september sep sept septembre septiembre settembre set',
  'october oct oktober okt octobre octubre ottobre ott',
  'november nov novembre noviembre',
  'december dec dezember dez décembre decembre déc diciembre dic dicembre',
];
const monthByName = new Map(
  months.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

const weekdays = new Set(
  (
    'monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun ' +
    'maandag ma dinsdag di woensdag wo donderdag do vrijdag vr zaterdag za zondag zo ' +
    'montag mo dienstag mittwoch mi donnerstag freitag fr samstag sa sonntag so ' +
    'lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim'
  ).split(' '),
);

/** Words that say nothing about the date. */
const noise = new Set('om uur u at on op the de of van le um uhr st nd rd th ste e t h'.split(' '));

/** Minutes east of Greenwich. What is ambiguous is read as in RFC 822 (EST, MST …) or as Europeans mean it (BST, IST left out). */
const zones: Record<string, number> = {
  ...{
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 60,
    bst: 60,
    cet: 60,
    cest: 120,
    met: 60,
    mest: 120,
    mez: 60,
    mesz: 120,
  },
  ...{
    eet: 120,
    eest: 180,
    msk: 180,
    sast: 120,
    jst: 540,
    kst: 540,
    hkt: 480,
    sgt: 480,
    awst: 480,
    acst: 570,
    aest: 600,
  },
  ...{ aedt: 660, nzst: 720, nzdt: 780, ast: -240, adt: -180, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420 },
  ...{
    mdt: -360,
    pst: -480,
    pdt: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
    at: -240,
    et: -300,
    ct: -360,
    mt: -420,
    pt: -480,
  },
};

export const monthNamed = (word: string): number | undefined => monthByName.get(word);
export const isWeekday = (word: string): boolean => weekdays.has(word);
export const isNoise = (word: string): boolean => noise.has(word);
export const zoneNamed = (word: string): number | undefined => (Object.hasOwn(zones, word) ? zones[word] : undefined);
