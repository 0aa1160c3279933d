import type { ThreadRow } from '../api.ts';
import type { Words } from '../words/nl.ts';

/** The first name, for where room is short; a name without a space is itself. */
export function firstName(name: string): string {
  return name.split(' ')[0] || name;
}

/** In a few words what the desk does about a thread: "Sanne pakt dit op". */
export function caseBrief(brief: NonNullable<ThreadRow['case']>, meId: string, { desk }: Words): string {
  if (brief.state === 'taken' && brief.holder)
    return brief.holder.id === meId ? desk.takingYou : desk.taking(firstName(brief.holder.name));
  return brief.state === 'answered' ? desk.isAnswered : brief.state === 'unanswered' ? desk.isUnanswered : desk.isOpen;
}
