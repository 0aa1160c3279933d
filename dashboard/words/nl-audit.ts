/** The screen of administrators that says who did what to whose access. */
export const nlAudit = {
  /** The log of access: a sentence for each action. */
  audit: {
    title: 'Logboek van toegang',
    why: 'Wie deed wat met wiens toegang. Wat gezegd is, staat hier nooit in.',
    toPeople: 'Naar Mensen',
    failed: 'Het logboek kon niet geladen worden',
    none: 'Geen regels',
    noneWhy: 'Niets past bij wat je zoekt.',
    clear: 'Wis filters',
    more: 'Toon eerdere regels',
    what: 'Wat',
    who: 'Wie',
    where: 'Kring',
    from: 'Vanaf',
    to: 'Tot en met',
    nobody: 'Buitenwacht',
    somebody: 'iemand',
    self: 'zichzelf',
    everybodyAgain: (name: string) => `Zoek niet meer naar ${name}`,
    aCircle: 'zonder naam',
    nothing: 'onbekend',
    other: (action: string, by: string) => `${by}: ${action}.`,
    sides: { from: 'uit', to: 'naar' },
    replies: (n: number) => (n === 1 ? '1 reactie' : `${n} reacties`),
    circleRoles: { member: 'lid', host: 'tafelheer of tafeldame', deputy: 'vervanger' },
    kinds: {
      person: 'Mensen',
      relation: 'Relaties',
      circle: 'Kringen',
      member: 'Leden van kringen',
      guest: 'Gasten',
      access: 'Toegang genomen',
      author: 'Schrijvers bevestigd',
      thread: 'Verplaatste gesprekken',
      reply: 'Verborgen reacties',
    },
    actions: {
      'person.added': (by: string, subject: string) => `${by} voegde ${subject} toe.`,
      'person.role': (by: string, subject: string, _circle: string, from: string, to: string) =>
        `${by} veranderde de rol van ${subject} van ${from} in ${to}.`,
      'person.renamed': (by: string, _subject: string, _circle: string, from: string, to: string) =>
        `${by} veranderde de naam ${from} in ${to}.`,
      'person.link': (by: string, subject: string) => `${by} maakte een link voor ${subject}.`,
      'person.deactivated': (by: string, subject: string) => `${by} nam ${subject} de toegang af.`,
      'person.activated': (by: string, subject: string) => `${by} gaf ${subject} de toegang terug.`,
      'person.off-boarded': (by: string, subject: string, _circle: string, on: string) =>
        `${by} liet ${subject} uit dienst gaan, met als laatste dag ${on}.`,
      'person.circle-ends': (_by: string, subject: string, circle: string, until: string) =>
        `Bij het vertrek van ${subject} eindigt de kring ${circle}, na ${until}.`,
      'person.circle-stays': (_by: string, subject: string, circle: string, until: string) =>
        `Na het vertrek blijft ${subject} als gast in de kring ${circle}, tot en met ${until}.`,
      'person.circle-back': (_by: string, subject: string, circle: string) =>
        `${subject} is terug in de kring ${circle}.`,
      'person.returned': (by: string, subject: string, _circle: string, on: string) =>
        `${by} nam ${subject} weer in dienst, vanaf ${on}.`,
      'relation.changed': (by: string, subject: string) => `${by} veranderde de relaties van ${subject}.`,
      'circle.opened': (by: string, _subject: string, circle: string) => `${by} opende de kring ${circle}.`,
      'circle.frame': (by: string, _subject: string, circle: string, version: string) =>
        `${by} veranderde het kader van de kring ${circle}, versie ${version}.`,
      'circle.renamed': (by: string, _subject: string, circle: string) => `${by} gaf de kring ${circle} deze naam.`,
      'circle.archived': (by: string, _subject: string, circle: string) => `${by} sloot de kring ${circle} af.`,
      'circle.reopened': (by: string, _subject: string, circle: string) => `${by} heropende de kring ${circle}.`,
      'member.added': (by: string, subject: string, circle: string) => `${by} nam ${subject} op in de kring ${circle}.`,
      'member.joined': (by: string, _subject: string, circle: string) => `${by} werd lid van de kring ${circle}.`,
      'member.left': (_by: string, subject: string, circle: string) => `${subject} verliet de kring ${circle}.`,
      'member.removed': (by: string, subject: string, circle: string) =>
        `${by} haalde ${subject} uit de kring ${circle}.`,
      'member.muted': (by: string, subject: string, circle: string) =>
        `${by} liet ${subject} niet meer schrijven in de kring ${circle}.`,
      'member.unmuted': (by: string, subject: string, circle: string) =>
        `${by} liet ${subject} weer schrijven in de kring ${circle}.`,
      'member.role': (by: string, subject: string, circle: string, role: string) =>
        `${by} maakte ${subject} ${role} in de kring ${circle}.`,
      'member.until': (by: string, subject: string, circle: string, until: string) =>
        `${by} zette de laatste dag van ${subject} in de kring ${circle} op ${until}.`,
      'guest.invited': (by: string, _subject: string, circle: string, name: string, relation: string, until: string) =>
        `${by} nodigde ${name} uit in de kring ${circle}, als ${relation}, tot en met ${until}.`,
      'guest.came': (_by: string, subject: string, circle: string, until: string) =>
        `${subject} kwam als gast in de kring ${circle}, tot en met ${until}.`,
      'guest.ended': (by: string, subject: string, circle: string) =>
        `${by} liet gast ${subject} uit de kring ${circle}.`,
      'guest.revoked': (by: string, _subject: string, circle: string, name: string) =>
        `${by} trok de uitnodiging voor ${name} in, in de kring ${circle}.`,
      'access.taken': (by: string, _subject: string, circle: string, reason: string) =>
        `${by} nam als beheerder toegang tot de kring ${circle}. De reden: ${reason}`,
      'thread.moved': (by: string, _subject: string, circle: string, replies: string, side: string) =>
        `${by} verplaatste ${replies} ${side} de kring ${circle}.`,
      'reply.hidden': (by: string, subject: string, circle: string) =>
        `${by} verborg een reactie van ${subject} in de kring ${circle}.`,
      'reply.shown': (by: string, subject: string, circle: string) =>
        `${by} liet een reactie van ${subject} weer zien in de kring ${circle}.`,
      'author.confirmed': (by: string, subject: string, circle: string) =>
        `${by} bevestigde in de kring ${circle} dat ${subject} een bericht schreef.`,
    },
  },
};
