/** Whether an ascending list holds a position. */
export function holds(list: readonly number[], position: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < position) low = middle + 1;
    else high = middle;
  }
  return list[low] === position;
}

/**
 * Where a phrase begins: one ascending list for each of its words. Asks from the shortest list, so that a common word costs little
 * beside a rare one. `first`: only the first of them.
 */
export function phraseStarts(lists: readonly (readonly number[])[], first = false): number[] {
  let rarest = 0;
  for (let i = 1; i < lists.length; i++) if (lists[i]!.length < lists[rarest]!.length) rarest = i;
  const starts: number[] = [];
  for (const position of lists[rarest]!) {
    const start = position - rarest;
    let all = true;
    for (let i = 0; all && i < lists.length; i++) all = i === rarest || holds(lists[i]!, start + i);
    if (!all) continue;
    starts.push(start);
    if (first) break;
  }
  return starts;
}

/** Whether something of `later` stands after something of `earlier`, with at most `most` words between. */
export function follows(earlier: readonly number[], later: readonly number[], most: number): boolean {
  for (let i = 0, j = 0; i < earlier.length; i++) {
    while (j < later.length && later[j]! <= earlier[i]!) j++;
    if (j === later.length) return false;
    if (later[j]! - earlier[i]! <= most + 1) return true;
  }
  return false;
}

/** All that `follows` finds: adds each position of such a pair to `into`. */
export function collectFollowing(
  earlier: readonly number[],
  later: readonly number[],
  most: number,
  into: (position: number) => void,
): void {
  for (let i = 0, j = 0; i < earlier.length; i++) {
    while (j < later.length && later[j]! <= earlier[i]!) j++;
    for (let k = j; k < later.length && later[k]! - earlier[i]! <= most + 1; k++) {
      if (k === j) into(earlier[i]!);
      into(later[k]!);
    }
  }
}
