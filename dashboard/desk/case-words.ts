import type { ThreadRow } from '../api.ts';
import type { FirstWords } from '../words/nl-first.ts';

/** The first name, for where room is short; a name without a space is itself. */
export function firstName(name: string): string {
  return name.split(' ')[0] || name;
}

/** In a few words what the desk does about a thread: "Sanne pakt dit op". */
export function caseBrief(brief: NonNullable<ThreadRow['case']>, meId: string, { brief: say }: FirstWords): string {
  if (brief.state === 'taken' && brief.holder)
    return brief.holder.id === meId ? say.takingYou : say.taking(firstName(brief.holder.name));
  return brief.state === 'answered' ? say.isAnswered : brief.state === 'unanswered' ? say.isUnanswered : say.isOpen;
}
