import type { AuditLine } from '../api-people.ts';
import { dayName } from '../figures/days.ts';
import type { Language } from '../preferences.ts';
import { circleName } from '../talk/circle-name.ts';
import type { Words } from '../words/nl.ts';

/** The facts of a line that its sentence says, in the order in which it takes them after who, whom and where. */
const factsOf: Record<string, readonly string[]> = {
  'person.role': ['from', 'to'],
  'person.renamed': ['from', 'to'],
  'person.off-boarded': ['on'],
  'person.circle-ends': ['until'],
  'person.circle-stays': ['until'],
  'person.returned': ['on'],
  'circle.frame': ['version'],
  'member.role': ['role'],
  'member.until': ['until'],
  'guest.invited': ['name', 'relation', 'until'],
  'guest.came': ['until'],
  'guest.revoked': ['name'],
  'access.taken': ['reason'],
  'thread.moved': ['replies', 'side'],
};

/** Sentences about whom something happened to, which leave out who did it. */
const withoutWho = ['person.circle-ends', 'person.circle-stays', 'person.circle-back', 'member.left', 'guest.came'];

type Say = Pick<Words, 'audit' | 'roles' | 'relations' | 'talk'>;
type Now = { language: Language; today: string };

/**
 * A line of the log as a sentence. What the server calls something that this dashboard does not know yet is said with its own word: a log
 * leaves nothing out.
 */
export function auditSentence({ by, action, subject, circle, detail }: AuditLine, words: Say, now: Now): string {
  const { audit, talk } = words;
  const who = by?.name ?? audit.nobody;
  if (!Object.hasOwn(audit.actions, action)) return audit.other(action, who);
  const isSelf = by !== null && by.id === subject?.id;
  const said = isSelf && action === 'member.added' ? 'member.joined' : action;
  const say: (...facts: string[]) => string = audit.actions[said as keyof typeof audit.actions];
  const whom = isSelf && !withoutWho.includes(action) ? audit.self : (subject?.name ?? audit.somebody);
  const facts = (factsOf[action] ?? []).map((key) => factOf(key, detail[key], words, now));
  return say(who, whom, circle ? circleName(circle, talk) : audit.aCircle, ...facts);
}

function factOf(key: string, value: AuditLine['detail'][string] | undefined, words: Say, now: Now): string {
  const { audit, roles, relations } = words;
  if (value === undefined || value === null) return audit.nothing;
  const text = String(value);
  if (key === 'until' || key === 'on') return dayName(text, now.language, now.today);
  if (key === 'replies') return audit.replies(Number(value));
  const named: Record<string, string> =
    key === 'relation' ? relations.now : key === 'side' ? audit.sides : key === 'role' ? audit.circleRoles : roles;
  return named[text] ?? text;
}
