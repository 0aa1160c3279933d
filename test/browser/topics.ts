import type { Feed } from './outside.ts';

/** A word that nothing else in this installation has, of letters alone. */
export const ownWord = (path: string) =>
  `sluis${path.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!).replace(/[^a-z]/g, '')}`;

/** Two messages about a bridge, of which one is about open days, and one about something else. */
export function aFeed(path: string, word: string): Feed {
  const items = [
    { id: `een${path}`, title: `De ${word} is dicht`, html: `<p>De <b>${word}</b> blijft drie weken dicht.</p>` },
    { id: `twee${path}`, title: `Galerie ${path}`, html: `<p>Galerie de ${word} is weer open.</p>` },
    { id: `drie${path}`, title: `Markt ${path}`, html: '<p>De markt is dicht.</p>' },
  ];
  return { title: `Bode ${path}`, items };
}
