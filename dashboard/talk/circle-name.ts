import type { Audience } from '../api-talk.ts';
import type { Words } from '../words/nl.ts';

type TalkWords = Pick<Words, 'talk' | 'border'>;

/** The name of a circle; those of all colleagues and of the desk have none of their own. */
export function circleName({ kind, name }: Audience['circle'], talk: Words['talk']): string {
  if (kind === 'desk') return talk.desk;
  return kind === 'internal' && name === 'everyone' ? talk.everyone : name;
}

/** Who hears what is said in a circle: "Ervaringen aan de balie: 14 collega's, 2 gasten, niet openbaar". */
export function circlePeople({ circle, colleagues, outsiders, public: isPublic }: Audience, words: TalkWords): string {
  const { border, talk } = words;
  const reach = isPublic ? border.public : border.notPublic;
  if (colleagues === null || outsiders === null) return `${border.toGuest}, ${reach}`;
  const isEveryone = circle.kind === 'internal' && circle.name === 'everyone';
  if (isEveryone) return `${border.everyone(colleagues)}, ${reach}`;
  const name = circleName(circle, talk);
  const who = outsiders > 0 ? border.withGuests(name, colleagues, outsiders) : border.people(name, colleagues);
  return `${who}, ${reach}`;
}

/** How many read along in a circle, in words; null for a guest, who is told no numbers. */
export function readAlong({ colleagues, outsiders }: Audience, { border, talk }: TalkWords): string | null {
  if (colleagues === null || outsiders === null) return null;
  return outsiders > 0 ? border.readAlong(colleagues, outsiders) : talk.readAlong(colleagues);
}
