/** How it was decided whose papers move: by votes now, by those of an earlier stage, or by lot. */
export type DecidedBy = 'votes' | 'earlier-stage' | 'lot';

type Earlier = { readonly lines: readonly { readonly option: string; readonly votes: number }[] };

/**
 * [V35] Who has the most, or the fewest, votes; of those who have as many, who had at the most recent earlier stage at which
 * they differed; else the lot, whose first has their surplus moved first and is excluded last.
 * @returns between whom it is, where nothing decides
 */
export function breakTie(
  among: readonly string[],
  votes: ReadonlyMap<string, number>,
  stages: readonly Earlier[],
  lot: readonly string[],
  wanted: 'most' | 'fewest',
): { readonly option: string; readonly by: DecidedBy } | { readonly between: readonly string[] } {
  const extreme = (options: readonly string[], of: (option: string) => number): readonly string[] => {
    const best = options
      .map(of)
      .reduce((one, other) => (wanted === 'most' ? Math.max(one, other) : Math.min(one, other)));
    return options.filter((option) => of(option) === best);
  };
  let tied = extreme(among, (option) => votes.get(option) ?? 0);
  const [only] = tied;
  if (only !== undefined && tied.length === 1) return { option: only, by: 'votes' };
  for (const { lines } of stages.toReversed()) {
    const at = new Map(lines.map((line) => [line.option, line.votes]));
    tied = extreme(tied, (option) => at.get(option) ?? 0);
    const [left] = tied;
    if (left !== undefined && tied.length === 1) return { option: left, by: 'earlier-stage' };
  }
  const drawn = lot.filter((option) => tied.includes(option));
  const chosen = wanted === 'most' ? drawn[0] : drawn.at(-1);
  return chosen === undefined || new Set(drawn).size < tied.length ? { between: tied } : { option: chosen, by: 'lot' };
}
