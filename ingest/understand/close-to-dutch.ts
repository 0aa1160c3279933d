type Close = 'nl' | 'fy' | 'af';

/**
 * Small words and spellings that one of Dutch, Frisian and Afrikaans has and the other two have not. Words that are
 * English or German too stay out: the detector tells those apart, but knows no Frisian and no Afrikaans.
 */
const words: Record<Close, string> = {
  nl: `een niet ik zijn voor naar heb heeft hebben wordt worden werd geen deze veel zich ben bent nu jullie onze jouw uw moet gaat
    doet niets mensen jaren onder zo ze zou zal zullen kunnen waren hij zij wij mij jij dan wel toch geweest gewoon goed`,
  fy: `fan yn foar dy oan nei mei troch tsjin út ûnder boppe wêr dêr hjir ek mar ús wy hja jim jimme myn dyn syn har hawwe hat hie
    hiene binne bin bist wêze wurdt wurde waard kin koe sil soe moat moatte woe gean giet gie kaam dien docht sjoch sjen litte lit
    ien twa trije fjouwer fiif grut grutte lyts lytse net gjin neat eat immen nimmen dizze wa oer tige folle mear altyd nea sels
    oare oaren eltse jûn moarn hjoed juster minsken bern tiid hûs wetter libben wurk moai moaie sûnt foarby oars ynien bytiden
    dochs wolle kinne sille meitsje makke sein sei frysk fryske fryslân skoalle tsjerke earste lêste goede joech krige krijt
    jierren jier plak allinne fuort werom tink hoe't dat't oft omdat't no't noch foaral fansels efkes like safolle bard gien
    hiel tocht wierheid lân rinne riedsel oaren earder wolris mei-inoar takomst jild ljocht`,
  af: `'n nie vir hulle ek jy hy sy jou julle baie reeds deur oor se hom hierdie daardie sê gesê asook wees vyf ses sewe agt nege
    tyd nuwe goeie terwyl dis altyd saam teen sonder eie kon sou wou moes hoekom lê hê kry dae mense vandag môre gister
    gebruik skool skryf bly polisie wyse suid-afrika afrikaanse weens tydens na lewe lewens dalk egter tog elkeen jaar sulke
    asof hul plek soos selfs`,
};
/** Dutch as well, but in Afrikaans every other word is one of these. */
const softAfrikaans = 'die word gaan ons dit ook hoe jaar is het as';
const softDutch = 'de van het';

type Score = Record<Close, number>;
/** What each word says for each language. */
const weights = new Map<string, Score>();
const weigh = (list: string, language: Close, weight: number) => {
  for (const word of list.split(/\s+/)) {
    const score = weights.get(word) ?? { nl: 0, fy: 0, af: 0 };
    score[language] += weight;
    weights.set(word, score);
  }
};
weigh(words.nl, 'nl', 1);
weigh(words.fy, 'fy', 1);
weigh(words.af, 'af', 0.8);
weigh(softAfrikaans, 'af', 0.25);
weigh(softDutch, 'nl', 0.3);

const dutchSpelling = /ij|^z|^v\p{L}+en$/u;
const frisianSpelling = /[ûú]|^tsj|^[fs]j|oa[nr]|ea[rn]|^f[^aeiloru]|sk\p{L}/u;
const afrikaansSpelling = /[^aeouy]y[dfknt]|^sk|wing|[^i]eid$/;

/**
 * Whether what looks like Dutch is Dutch: 'und' when another of the three is as likely. Looks at the first 400 units.
 */
export function amongDutch(text: string): Close | 'und' {
  const score: Score = { nl: 0, fy: 0, af: 0 };
  const head = text.slice(0, 400).toLowerCase().replace(/[’‘]/g, "'");
  for (const word of head.match(/['\p{L}][\p{L}'-]*/gu) ?? []) {
    const known = weights.get(word);
    if (known) {
      score.nl += known.nl;
      score.fy += known.fy;
      score.af += known.af;
    }
    if (word.length < 3) continue;
    if (dutchSpelling.test(word)) score.nl += 1;
    if (frisianSpelling.test(word)) score.fy += 0.5;
    if (afrikaansSpelling.test(word)) score.af += 0.5;
  }
  const other = score.fy > score.af ? 'fy' : 'af';
  const lead = score[other] - score.nl;
  if (lead < 0.4) return 'nl';
  return lead >= 0.8 && Math.abs(score.fy - score.af) >= 0.5 ? other : 'und';
}
