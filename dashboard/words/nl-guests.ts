/** People from outside: who they are to the organisation, inviting them, and coming in by an invitation. */
export const nlGuests = {
  /** What somebody is, or was, to the organisation. */
  relations: {
    now: {
      employee: 'medewerker',
      freelancer: 'freelancer',
      alumnus: 'oud-collega',
      customer: 'klant',
      'ex-customer': 'oud-klant',
      expert: 'deskundige',
      'panel-member': 'klankbord',
      partner: 'partner',
    },
    former: {
      employee: 'voorheen medewerker',
      freelancer: 'voorheen freelancer',
      alumnus: 'voorheen oud-collega',
      customer: 'voorheen klant',
      'ex-customer': 'voorheen oud-klant',
      expert: 'voorheen deskundige',
      'panel-member': 'voorheen klankbord',
      partner: 'voorheen partner',
    },
    guest: 'van buiten',
  },
  guests: {
    inviteInto: (circle: string) => `Nodig iemand uit in ${circle}`,
    inviteWhy: 'Je krijgt een link om zelf te sturen. Wie binnenkomt, ziet deze kring en verder niets.',
    name: 'Naam van je gast',
    nameWhy: 'Bij het binnenkomen kan je gast die nog veranderen.',
    relation: 'Wat is deze gast van jullie?',
    reason: 'Waarom nodig je deze gast uit?',
    reasonWhy: 'Dit lezen alleen de gastheren. Het blijft bewaard.',
    howLong: 'Hoe lang?',
    weeks: (n: number) => (n === 1 ? '1 week' : `${n} weken`),
    lastDay: 'Laatste dag',
    lastDayWhy: 'Ten hoogste 180 dagen. Daarna kan je gast er niet meer in.',
    make: 'Maak de uitnodiging',
    making: 'Wordt gemaakt …',
    cancel: 'Toch niet',
    linkTitle: (name: string) => `Uitnodiging voor ${name}`,
    linkWhy: (name: string) =>
      `Stuur deze link zelf naar ${name}, en naar niemand anders: wie hem het eerst opent, kan ermee naar binnen.`,
    linkOnce: (time: string) =>
      `Hij werkt één keer, tot ${time}. Als je dit sluit, laten we hem niet nog eens zien; intrekken kan altijd.`,
  },
};
