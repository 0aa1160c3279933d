/** Round steps from nought to a little above the highest count: at most four, all whole numbers. */
export function stepsTo(highest: number): number[] {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!);
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, n) => n * step);
}
