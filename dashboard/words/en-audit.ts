import type { nlAudit } from './nl-audit.ts';

export const enAudit: typeof nlAudit = {
  audit: {
    title: 'Log of access',
    why: 'Who did what to whose access. What was said never stands in it.',
    toPeople: 'To People',
    failed: 'The log could not be loaded',
    none: 'No lines',
    noneWhy: 'Nothing fits what you look for.',
    clear: 'Clear filters',
    more: 'Show earlier lines',
    what: 'What',
    who: 'Who',
    where: 'Circle',
    from: 'From',
    to: 'Until',
    nobody: 'Buitenwacht',
    somebody: 'somebody',
    self: 'themselves',
    everybodyAgain: (name) => `Look for ${name} no longer`,
    aCircle: 'without a name',
    nothing: 'unknown',
    other: (action, by) => `${by}: ${action}.`,
    sides: { from: 'out of', to: 'to' },
    replies: (n) => (n === 1 ? '1 reply' : `${n} replies`),
    circleRoles: { member: 'a member', host: 'a host', deputy: 'a deputy' },
    kinds: {
      person: 'People',
      relation: 'Relations',
      circle: 'Circles',
      member: 'Members of circles',
      guest: 'Guests',
      access: 'Access taken',
      author: 'Writers confirmed',
      thread: 'Conversations moved',
      reply: 'Replies hidden',
    },
    actions: {
      'person.added': (by, subject) => `${by} added ${subject}.`,
      'person.role': (by, subject, _circle, from, to) => `${by} changed the role of ${subject} from ${from} to ${to}.`,
      'person.link': (by, subject) => `${by} made a link for ${subject}.`,
      'person.deactivated': (by, subject) => `${by} took away the access of ${subject}.`,
      'person.activated': (by, subject) => `${by} gave ${subject} their access back.`,
      'person.off-boarded': (by, subject, _circle, on) => `${by} let ${subject} leave, with ${on} as the last day.`,
      'person.circle-ends': (_by, subject, circle, until) =>
        `With the leaving of ${subject} the circle ${circle} ends for them, after ${until}.`,
      'person.circle-stays': (_by, subject, circle, until) =>
        `After leaving ${subject} stays as a guest in the circle ${circle}, until ${until}.`,
      'person.circle-back': (_by, subject, circle) => `${subject} is back in the circle ${circle}.`,
      'person.returned': (by, subject, _circle, on) => `${by} took ${subject} back, from ${on}.`,
      'relation.changed': (by, subject) => `${by} changed the relations of ${subject}.`,
      'circle.opened': (by, _subject, circle) => `${by} opened the circle ${circle}.`,
      'circle.frame': (by, _subject, circle, version) =>
        `${by} changed the frame of the circle ${circle}, version ${version}.`,
      'circle.renamed': (by, _subject, circle) => `${by} gave the circle ${circle} this name.`,
      'circle.archived': (by, _subject, circle) => `${by} archived the circle ${circle}.`,
      'circle.reopened': (by, _subject, circle) => `${by} reopened the circle ${circle}.`,
      'member.added': (by, subject, circle) => `${by} added ${subject} to the circle ${circle}.`,
      'member.joined': (by, _subject, circle) => `${by} joined the circle ${circle}.`,
      'member.left': (_by, subject, circle) => `${subject} left the circle ${circle}.`,
      'member.removed': (by, subject, circle) => `${by} took ${subject} out of the circle ${circle}.`,
      'member.muted': (by, subject, circle) => `${by} stopped ${subject} writing in the circle ${circle}.`,
      'member.unmuted': (by, subject, circle) => `${by} let ${subject} write again in the circle ${circle}.`,
      'member.role': (by, subject, circle, role) => `${by} made ${subject} ${role} in the circle ${circle}.`,
      'member.until': (by, subject, circle, until) =>
        `${by} set the last day of ${subject} in the circle ${circle} to ${until}.`,
      'guest.invited': (by, _subject, circle, name, relation, until) =>
        `${by} invited ${name} into the circle ${circle}, as ${relation}, until ${until}.`,
      'guest.came': (_by, subject, circle, until) =>
        `${subject} came into the circle ${circle} as a guest, until ${until}.`,
      'guest.ended': (by, subject, circle) => `${by} let guest ${subject} out of the circle ${circle}.`,
      'guest.revoked': (by, _subject, circle, name) =>
        `${by} took back the invitation for ${name}, into the circle ${circle}.`,
      'access.taken': (by, _subject, circle, reason) =>
        `${by} took access to the circle ${circle} as an administrator. The reason: ${reason}`,
      'thread.moved': (by, _subject, circle, replies, side) => `${by} moved ${replies} ${side} the circle ${circle}.`,
      'reply.hidden': (by, subject, circle) => `${by} hid a reply of ${subject} in the circle ${circle}.`,
      'reply.shown': (by, subject, circle) => `${by} showed a reply of ${subject} again in the circle ${circle}.`,
      'author.confirmed': (by, subject, circle) =>
        `${by} confirmed in the circle ${circle} that ${subject} wrote a message.`,
    },
  },
};
