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
const softAfrikaans = new Set(['die', 'word', 'gaan', 'ons', 'dit', 'ook', 'hoe', 'jaar', 'is', 'het', 'as']);
const sets = Object.fromEntries(
  Object.entries(words).map(([language, list]) => [language, new Set(list.split(/\s+/))]),
) as Record<Close, Set<string>>;

/**
 * Whether what looks like Dutch is Dutch: 'und' when another of the three is as likely. Looks at the first 600 units.
 */
export function amongDutch(text: string): Close | 'und' {
  const score = { nl: 0, fy: 0, af: 0 };
  const head = text.slice(0, 600).toLowerCase().replace(/[’‘]/g, "'");
  for (const [word] of head.matchAll(/['\p{L}][\p{L}'-]*/gu)) {
    if (sets.nl.has(word)) score.nl += 1;
    if (sets.fy.has(word)) score.fy += 1;
    if (sets.af.has(word)) score.af += 0.8;
    if (softAfrikaans.has(word)) score.af += 0.25;
    if (word === 'de' || word === 'van' || word === 'het') score.nl += 0.3;
    if (/ij|^z|^v\p{L}+en$/u.test(word)) score.nl += 1;
    if (/[ûú]|^tsj|^[fs]j|oa[nr]|ea[rn]|^f[^aeiloru]|sk\p{L}/u.test(word)) score.fy += 0.5;
    if (/[^aeouy]y[dfknt]|^sk|wing|[^i]eid$/.test(word)) score.af += 0.5;
  }
  const other = score.fy > score.af ? 'fy' : 'af';
  const lead = score[other] - score.nl;
  if (lead < 0.4) return 'nl';
  return lead >= 0.8 && Math.abs(score.fy - score.af) >= 0.5 ? other : 'und';
}
