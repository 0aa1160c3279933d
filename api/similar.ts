import { nameKey } from '#search/query/names.ts';

/** The names that look like one that nothing bears: those that begin with it or hold it, then those a slip or two away. */
export function similar(names: readonly string[], written: string, most = 5): string[] {
  const asked = nameKey(written);
  if (asked === '') return [];
  const near = asked.length < 5 ? 1 : 2;
  const ranked = names.flatMap((name) => {
    const key = nameKey(name);
    if (key.startsWith(asked)) return [{ name, rank: 0 }];
    if (key.includes(asked)) return [{ name, rank: 1 }];
    // "Waardbodde" is near "De Waardbode" too.
    const ends = [key, ...[...key.matchAll(/ /g)].map(({ index }) => key.slice(index + 1))];
    const slips = Math.min(...ends.map((end) => distance(end, asked, near)));
    return slips <= near ? [{ name, rank: 1 + slips }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ name }) => name);
}

/** How many letters to add, take away, change or swap to make one of the other; anything above `most` once it is more. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + Number(!same));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}
