/** Words that change what their neighbours mean. `degrees` multiply, `verbs` are denied by a "not" that follows them. */
type Modifiers = {
  negations: Set<string>;
  degrees: Map<string, number>;
  but: Set<string>;
  verbs: Set<string>;
  /** "te" before an adjective means too much of it. */
  excess: boolean;
};

const set = (words: string) => new Set(words.split(/\s+/));
const degrees = (strong: string, weak: string) =>
  new Map(
    [...set(strong)].map((word): [string, number] => [word, 1.3]).concat([...set(weak)].map((word) => [word, 0.7])),
  );

const dutch: Modifiers = {
  negations: set('niet geen nooit nimmer niets niks niemand nergens noch zonder nauwelijks amper allesbehalve nie ni'),
  degrees: degrees(
    'heel zeer erg echt super enorm ontzettend vreselijk verschrikkelijk ongelofelijk ongelooflijk uiterst bijzonder bijzonder hartstikke mega mega- zo zó veel absoluut totaal volkomen extreem gruwelijk waanzinnig intens ronduit oprecht keihard stomvervelend',
    'beetje wat vrij redelijk best tamelijk enigszins ietwat iets nogal aardig soms',
  ),
  but: set('maar echter toch niettemin desondanks alleen-jammer'),
  verbs: set(
    'haat haatte hou houd houdt vertrouw vertrouwt geniet genoot help helpt hielp waardeer waardeert klaag klaagt lieg liegt bedreig bedreigt vrees vreest werkt klopt lukt lach lacht steun steunt gelooft zeur zeurt schaam hoop hoopt mis mist balen baal',
  ),
  excess: true,
};

const english: Modifiers = {
  negations: set(
    'not no never none nobody nothing neither nor nowhere cannot without hardly barely scarcely rarely seldom lacks lacking aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt wasnt werent wont wouldnt despite',
  ),
  degrees: degrees(
    'very really extremely so super absolutely totally incredibly amazingly completely utterly deeply truly highly particularly especially insanely remarkably exceptionally fucking freaking damn way most more',
    'slightly somewhat fairly rather quite little bit kinda sorta partly almost mildly occasionally',
  ),
  but: set('but however although though yet nevertheless nonetheless'),
  verbs: new Set(),
  excess: false,
};

/** Modifiers of a language; Dutch for a text that does not say what it is. */
export function modifiersFor(language: string): Modifiers {
  return language === 'en' ? english : dutch;
}
