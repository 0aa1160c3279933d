import type { AuditLine } from '../api-people.ts';
import { dayName } from '../figures/days.ts';
import type { Language } from '../preferences.ts';
import { circleName } from '../talk/circle-name.ts';
import type { Words } from '../words/nl.ts';

/** The facts of a line that its sentence says, in the order in which it takes them after who, whom and where. */
const said: Record<string, readonly string[]> = {
  'person.role': ['from', 'to'],
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
  const say: (...facts: string[]) => string = audit.actions[action as keyof typeof audit.actions];
  const facts = (said[action] ?? []).map((key) => factOf(key, detail[key], words, now));
  return say(who, subject?.name ?? audit.somebody, circle ? circleName(circle, talk) : audit.aCircle, ...facts);
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
