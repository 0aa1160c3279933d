import type { nlGuests } from './nl-guests.ts';

export const enGuests: typeof nlGuests = {
  relations: {
    now: {
      employee: 'employee',
      freelancer: 'freelancer',
      alumnus: 'former colleague',
      customer: 'customer',
      'ex-customer': 'former customer',
      expert: 'expert',
      'panel-member': 'panel member',
      partner: 'partner',
    },
    former: {
      employee: 'once employee',
      freelancer: 'once freelancer',
      alumnus: 'once former colleague',
      customer: 'once customer',
      'ex-customer': 'once former customer',
      expert: 'once expert',
      'panel-member': 'once panel member',
      partner: 'once partner',
    },
    guest: 'from outside',
  },
  guests: {
    inviteInto: (circle) => `Invite somebody into ${circle}`,
    inviteWhy: 'You get a link to send yourself. Whoever comes in sees this circle and nothing else.',
    name: 'Name of your guest',
    nameWhy: 'Your guest can still change it when coming in.',
    relation: 'What is this guest to you?',
    reason: 'Why do you invite this guest?',
    reasonWhy: 'Only the hosts read this. It is kept.',
    howLong: 'For how long?',
    weeks: (n) => (n === 1 ? '1 week' : `${n} weeks`),
    lastDay: 'Last day',
    lastDayWhy: '180 days at most. After it your guest can no longer come in.',
    make: 'Make the invitation',
    making: 'Making it …',
    cancel: 'Never mind',
    linkTitle: (name) => `Invitation for ${name}`,
    linkWhy: (name) =>
      `Send this link to ${name} yourself, and to nobody else: whoever opens it first can come in with it.`,
    linkOnce: (time) =>
      `It works once, until ${time}. Once you close this we do not show it again; you can always take it back.`,
  },
};
