import { count } from './nl-counts.ts';

const stories = (n: number) => (n === 1 ? '1 verhaal' : `${count.format(n)} verhalen`);
const messages = (n: number) => (n === 1 ? '1 bericht' : `${count.format(n)} berichten`);

/** What the figures say; between ** what is set in bold. A period is named with its preposition: "in de vier weken ervoor". */
export const nlFigures = {
  figures: {
    title: 'Cijfers',
    span: 'Hoe lang',
    spans: { week: 'Week', month: '4 weken', quarter: 'Kwartaal', year: 'Jaar' },
    period: (from: string, to: string) => `${from} t/m ${to}`,
    previous: 'Naar de periode ervoor',
    next: 'Naar de periode erna',
    otherDays: 'Andere dagen',
    from: 'Van',
    to: 'Tot en met',
    show: 'Laat zien',
    badPeriod: 'Kies een eerste dag en een dag die daarna komt, samen hooguit 366 dagen.',
    allSources: 'Alle bronnen',
    allTopics: 'Alle onderwerpen',
    allLanguages: 'Alle talen',
    loading: 'De cijfers worden geteld …',
    failed: 'De cijfers konden niet geteld worden',
    failedKept: 'Er is niets veranderd.',
    during: { week: 'In een week', month: 'In vier weken', quarter: 'In dertien weken', year: 'In 52 weken' },
    duringDays: (n: number) => (n === 1 ? 'Op één dag' : `In ${n} dagen`),
    before: {
      week: 'in de week ervoor',
      month: 'in de vier weken ervoor',
      quarter: 'in de dertien weken ervoor',
      year: 'in de 52 weken ervoor',
    },
    beforeDays: (n: number) => (n === 1 ? 'op de dag ervoor' : `in de ${n} dagen ervoor`),

    tooFew: 'Te weinig om iets over te zeggen',
    fewHere: 'te weinig',
    nothing: (during: string) => `${during} kwam er geen verhaal van buiten.`,
    few: (during: string, n: number) =>
      `${during} ${n === 1 ? 'kwam' : 'kwamen'} er **${stories(n)}** van buiten: te weinig om iets over te zeggen.`,
    came: (during: string, n: number) => `${during} kwamen er **${stories(n)}** van buiten.`,
    cameThan: (during: string, n: number, than: string) => `${during} kwamen er **${stories(n)}** van buiten, ${than}.`,
    change: {
      muchLess: (before: string) => `minder dan half zo veel als ${before}`,
      half: (before: string) => `ongeveer half zo veel als ${before}`,
      less: (before: string) => `duidelijk minder dan ${before}`,
      bitLess: (before: string) => `iets minder dan ${before}`,
      same: (before: string) => `ongeveer evenveel als ${before}`,
      bitMore: (before: string) => `iets meer dan ${before}`,
      more: (before: string) => `duidelijk meer dan ${before}`,
      nearlyTwice: (before: string) => `bijna twee keer zo veel als ${before}`,
      twice: (before: string) => `twee keer zo veel als ${before}`,
      overTwice: (before: string) => `ruim twee keer zo veel als ${before}`,
      manyTimes: (before: string) => `meer dan drie keer zo veel als ${before}`,
    },
    noise: (before: string, n: number) => `${before} waren het er ${count.format(n)}: dat verschil zegt nog niets.`,
    fewBefore: (before: string, n: number) =>
      n === 0
        ? `${before} kwam er niets, dus vergelijken kan nog niet.`
        : `${before} ${n === 1 ? 'was het er 1' : `waren het er ${n}`}, te weinig om mee te vergelijken.`,
    tone: {
      negative: (certainty: string) => `De toon werd **negatiever, ${certainty}**.`,
      positive: (certainty: string) => `De toon werd **positiever, ${certainty}**.`,
      same: 'De toon bleef ongeveer gelijk.',
    },
    toneNow: {
      negative: 'De toon is **vaker negatief dan positief**.',
      positive: 'De toon is **vaker positief dan negatief**.',
      even: 'De toon is ongeveer even vaak negatief als positief.',
    },
    toneDoubt: 'Van de meeste verhalen is de toon onzeker of onduidelijk: lees dit als een vermoeden.',
    done: (discussed: number, answered: number) =>
      `**${count.format(discussed)}** ${discussed === 1 ? 'is' : 'zijn'} binnen besproken, **${count.format(answered)}** ${answered === 1 ? 'kreeg' : 'kregen'} buiten een antwoord.`,
    doneNothing: 'Er is nog niets binnen besproken of buiten beantwoord.',

    fractions: {
      none: 'geen enkel verhaal',
      few: 'een enkel verhaal',
      tenth: 'ongeveer een op de tien verhalen',
      fifth: 'ongeveer een op de vijf verhalen',
      quarter: 'ongeveer een op de vier verhalen',
      third: 'ongeveer een op de drie verhalen',
      half: 'ongeveer de helft van de verhalen',
      twoThirds: 'ongeveer twee op de drie verhalen',
      threeQuarters: 'ongeveer drie op de vier verhalen',
      nineTenths: 'ongeveer negen op de tien verhalen',
      nearlyAll: 'bijna alle verhalen',
      all: 'alle verhalen',
    },
    peak: (day: string) => `Piek op ${day}`,
    peakIn: (days: string) => `Piek van ${days}`,
    noPeak: { days: 'Geen dag springt eruit', weeks: 'Geen week springt eruit' },
    toneTitle: {
      negative: (before: string) => `Vaker negatief dan ${before}`,
      positive: (before: string) => `Vaker positief dan ${before}`,
      same: (before: string) => `Ongeveer dezelfde toon als ${before}`,
    },
    toneTitleNow: {
      negative: 'Vaker negatief dan positief',
      positive: 'Vaker positief dan negatief',
      even: 'Ongeveer even vaak negatief als positief',
    },
    wasDiscussed: (fraction: string) => `Binnen besproken: ${fraction}`,
    mostFrom: (source: string) => `De meeste verhalen kwamen van ${source}`,
    allFrom: (source: string) => `Alle verhalen kwamen van ${source}`,
    fromMany: (n: number) => `De verhalen kwamen van ${count.format(n)} bronnen; geen bracht de helft`,
    isIn: (fraction: string, language: string) => `In het ${language}: ${fraction}`,
    isUnknown: (fraction: string) => `In een taal die we niet herkennen: ${fraction}`,

    per: {
      days: 'Verhalen per dag; licht daarachter alle berichten, kopieën inbegrepen.',
      weeks: 'Verhalen per week; licht daarachter alle berichten, kopieën inbegrepen.',
    },
    perInTable: {
      days: 'Verhalen per dag, en alle berichten, kopieën inbegrepen.',
      weeks: 'Verhalen per week, en alle berichten, kopieën inbegrepen.',
    },
    tonePer: {
      days: 'Verhalen per dag: boven de lijn positief, eronder negatief. Gearceerd is onzeker.',
      weeks: 'Verhalen per week: boven de lijn positief, eronder negatief. Gearceerd is onzeker.',
      whole: 'Verhalen in de hele periode: boven de lijn positief, eronder negatief. Gearceerd is onzeker.',
    },
    toneInTable: {
      days: 'Verhalen per dag. Het getal na de plus is onzeker.',
      weeks: 'Verhalen per week. Het getal na de plus is onzeker.',
      whole: 'Verhalen in de hele periode. Het getal na de plus is onzeker.',
    },
    whatHappened: (n: number) => `Wat er tot nu toe met ${n === 1 ? 'het verhaal' : `de ${stories(n)}`} gebeurde.`,
    bySource: 'Verhalen per bron. Een verhaal telt bij elke bron die het bracht.',
    byTopic: 'Verhalen per onderwerp. Een verhaal telt bij elk onderwerp dat het vond.',
    mostAbout: (name: string) => `Het vaakst ging het over ‘${name}’`,
    byLanguage: 'Verhalen per taal van het eerste bericht.',
    base: (n: number, mentions: number, sources: number) =>
      `${stories(n)}, in ${messages(mentions)} uit ${sources === 1 ? '1 bron' : `${count.format(sources)} bronnen`}.`,
    toneRest: (neutral: number, unclear: number) =>
      `Niet getekend: ${count.format(neutral)} neutraal, ${count.format(unclear)} met een toon die onduidelijk is.`,
    toneFew: 'De toon van de verhalen.',
    toneFewNote: 'Bij een punt of “te weinig” zijn het er minder dan 20.',
    gapNote: (since: string, source: string) => `Sinds ${since} missen we misschien berichten van ${source}.`,
    gapNoteMore: (since: string, n: number) =>
      `Sinds ${since} missen we misschien berichten, van ${count.format(n)} bronnen.`,
    hatched: 'Gearceerd is niet compleet.',
    todayNote: 'Vandaag is nog niet voorbij.',
    otherSources: (n: number) =>
      n === 1 ? 'En 1 andere bron: zie de tabel.' : `En ${count.format(n)} andere: zie de tabel.`,

    as: (title: string) => `Weergave: ${title}`,
    chart: 'Grafiek',
    table: 'Tabel',
    columns: {
      days: 'Dag',
      weeks: 'Week',
      whole: 'Periode',
      stories: 'Verhalen',
      mentions: 'Berichten',
      negative: 'Negatief',
      positive: 'Positief',
      neutral: 'Neutraal',
      unclear: 'Onduidelijk',
      step: 'Stap',
      source: 'Bron',
      language: 'Taal',
    },
    plus: (n: string) => `+${n}`,
    ofUnsure: (n: number) => `, ${count.format(n)} onzeker`,
    unfinished: 'niet compleet',
    steps: {
      came: 'kwamen van buiten',
      discussed: 'binnen besproken',
      answered: 'buiten beantwoord',
      unanswered: 'bewust geen antwoord',
    },
    step: (n: string, what: string) => `**${n}** ${what}`,
    said: {
      stories: (when: string, n: number) => `${when}: ${stories(n)}`,
      negative: (when: string, n: number) => `${when}: ${stories(n)} met negatieve toon`,
      positive: (when: string, n: number) => `${when}: ${stories(n)} met positieve toon`,
    },
    list: (what: string) => `${what}. Bekijk de lijst.`,

    quality: 'Hoe goed zijn deze cijfers?',
    sourcesFine: 'Geen bron is langer dan een dag onbereikbaar',
    sourcesFineWhy:
      'Wat een bron tijdens een korte storing plaatst, halen we meestal nog op. We missen, voor zover we weten, niets.',
    sourcesFalter: (n: number) =>
      n === 1
        ? '1 bron is langer dan een dag onbereikbaar'
        : `${count.format(n)} bronnen zijn langer dan een dag onbereikbaar`,
    sourcesFalterWhy: (names: string, since: string) =>
      `${names}, sinds ${since}. Daardoor missen we misschien berichten.`,
    andMore: (names: string, n: number) => `${names} en ${count.format(n)} andere`,
    seeSources: 'Bekijk de bronnen',
    sureTitle: (n: number, all: number) => `Toon vrij zeker bij ${count.format(n)} van de ${count.format(all)}`,
    sureWhy: 'Bij de rest is de toon onzeker of onduidelijk. Een computer oordeelt, geen mens.',
    goneTitle: (n: number) => (n === 1 ? 'Van 1 verhaal is de tekst weg' : `Van ${stories(n)} is de tekst weg`),
    goneWhy: 'Teksten bewaren we 180 dagen. Deze verhalen tellen mee, maar staan niet meer in de lijst erachter.',
    countedTitle: 'Zo tellen we',
    countedWhy: (zone: string, n: number) =>
      `Een verhaal telt één keer, op de dag van het eerste bericht (tijd van ${zone}). Onder de ${n} zeggen we niets over verhoudingen.`,
  },
};
