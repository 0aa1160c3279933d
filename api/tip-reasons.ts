import type { SourceLastError } from '#storage/schema.ts';
import type { Language } from './language.ts';
import { reasons } from './sentences.ts';

/** Why a tip was refused, where that says something else than of a source: its tipper can paste the text as well. */
const tipReasons: Record<string, Record<Language, string>> = {
  'not-a-page': {
    nl: 'Dit is geen webpagina maar bijvoorbeeld een bestand of een plaatje. Plak de tekst erbij.',
    en: 'This is no web page but a file or a picture, for instance. Paste its text as well.',
  },
  'no-text': {
    nl: 'Op deze pagina vonden we geen tekst. Plak de tekst erbij.',
    en: 'We found no text on this page. Paste its text as well.',
  },
  gone: {
    nl: 'Deze pagina is er niet meer: de site zegt dat ze voorgoed weg is.',
    en: 'This page is no longer there: the site says that it is gone for good.',
  },
  denied: {
    nl: 'De site laat ons niet toe op deze pagina. Plak de tekst erbij.',
    en: 'The site does not let us see this page. Paste its text as well.',
  },
  'rate-limited': {
    nl: 'De site vroeg ons om later terug te komen. Geef de tip morgen nog eens.',
    en: 'The site asked us to come back later. Give the tip once more tomorrow.',
  },
  busy: {
    nl: 'We vragen deze site al van alles en kwamen niet aan de beurt. Probeer het later nog eens.',
    en: 'We are asking this site many things already and had no turn. Try again later.',
  },
  protocol: {
    nl: 'Het antwoord van de site was niet te lezen. Klopt het adres?',
    en: "The site's answer could not be read. Is the address right?",
  },
  'contact-missing': {
    nl: 'Openbare sites worden pas gelezen als CONTACT of PUBLIC_URL zegt wie er leest.',
    en: 'Public sites are read only once CONTACT or PUBLIC_URL says who is reading.',
  },
  wiped: {
    nl: 'Dit bericht is ingetrokken, verlopen of gewist, en komt hier niet terug.',
    en: 'This mention was withdrawn, has expired or was wiped, and does not come back here.',
  },
  'author-erased': {
    nl: 'De schrijver liet al zijn woorden hier wissen. We bewaren er niets meer van.',
    en: 'Its author had all their words wiped here. We keep none of them any more.',
  },
  internal: {
    nl: 'Er ging iets mis bij ons. Het staat in het logboek. Probeer het nog eens.',
    en: 'Something went wrong on our side. It is in the log. Please try again.',
  },
  login: {
    nl: 'Deze pagina vraagt om aanmelden; daar lezen we niet achter. Plak de tekst erbij.',
    en: 'This page asks for a login; we do not read behind it. Paste its text as well.',
  },
  'bot-wall': {
    nl: 'De site laat alleen mensen binnen, geen lezers zoals wij. Plak de tekst erbij.',
    en: 'The site lets in people only, no readers such as us. Paste its text as well.',
  },
  'too-deep': {
    nl: 'Deze pagina is zo diep genest dat we haar niet kunnen lezen. Plak de tekst erbij.',
    en: 'This page is nested so deep that we cannot read it. Paste its text as well.',
  },
};

/** The reason as a sentence: the exact one where there is one, else by the kind of failure. */
export function whyRefused({ kind, reason = kind }: SourceLastError, language: Language): string {
  const why = tipReasons[reason] ?? reasons[reason] ?? tipReasons[kind] ?? reasons[kind] ?? tipReasons.internal!;
  return why[language];
}
