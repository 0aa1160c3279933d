import { hash } from 'node:crypto';

/** A number from 0 up to 1 that is always the same for the same text: the demo's world is equal on every machine. */
export const chance = (text: string): number => Number.parseInt(hash('sha256', text, 'hex').slice(0, 12), 16) / 2 ** 48;

/** One of `choices`, the same for the same text. */
export const oneOf = <Choice>(text: string, choices: readonly Choice[]): Choice =>
  choices[Math.floor(chance(text) * choices.length)]!;
