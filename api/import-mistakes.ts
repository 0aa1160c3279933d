import type { Language } from './language.ts';

/** What can be wrong in a line of a file of people, in both languages. */
export const importMistakes = {
  'not-text': {
    nl: 'Dit bestand is geen UTF-8. Sla het op als “CSV UTF-8”.',
    en: 'This file is not UTF-8. Save it as “CSV UTF-8”.',
  },
  quote: {
    nl: 'Een aanhalingsteken staat hier los. Zet het hele veld tussen aanhalingstekens, en verdubbel wat erin staat.',
    en: 'A quote stands alone here. Put the whole field between quotes, and double those within.',
  },
  'too-many-lines': {
    nl: 'Meer dan 2.000 regels. Splits het bestand.',
    en: 'More than 2,000 lines. Split the file.',
  },
  empty: {
    nl: 'Er staat niemand in dit bestand.',
    en: 'There is nobody in this file.',
  },
  'column-missing': {
    nl: 'Deze kolom ontbreekt. De eerste regel noemt de kolommen: name en email zijn nodig.',
    en: 'This column is missing. The first line names the columns: name and email are needed.',
  },
  'column-unknown': {
    nl: 'Deze kolom kennen we niet, of hij staat er twee keer.',
    en: 'We do not know this column, or it stands there twice.',
  },
  fields: {
    nl: 'Deze regel heeft meer of minder velden dan de eerste.',
    en: 'This line has more or fewer fields than the first.',
  },
  name: { nl: 'Geef een naam van hooguit 100 tekens.', en: 'Give a name of at most 100 characters.' },
  email: { nl: 'Dit is geen e-mailadres.', en: 'This is not an e-mail address.' },
  'email-twice': {
    nl: 'Dit e-mailadres staat al in een eerdere regel.',
    en: 'This e-mail address stands in an earlier line.',
  },
  role: {
    nl: 'Kies een rol: employee, communication, manager of administrator.',
    en: 'Choose a role: employee, communication, manager or administrator.',
  },
  relation: {
    nl: 'Kies een relatie: employee, freelancer, alumnus, customer, ex-customer, expert, panel-member of partner.',
    en: 'Choose a relation: employee, freelancer, alumnus, customer, ex-customer, expert, panel-member or partner.',
  },
  day: {
    nl: 'Schrijf een dag van deze eeuw als 2026-11-23.',
    en: 'Write a day of this century as 2026-11-23.',
  },
  'until-before-since': { nl: 'Het einde ligt voor het begin.', en: 'The end comes before the beginning.' },
  department: { nl: 'Hooguit 100 tekens op één regel.', en: 'At most 100 characters on one line.' },
} as const satisfies Record<string, Record<Language, string>>;
export type ImportMistake = keyof typeof importMistakes;
