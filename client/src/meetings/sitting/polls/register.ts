import type { RegisterLine } from '@concert/domain/meetings/polls-api.ts';

export type Standing = 'vacant' | 'recused' | 'away' | 'voted' | 'silent' | 'entitled';

/** How a seat stands in a poll. Whether it has voted is not always told. */
export function standingOf({ holderId, voterId, recused, voted }: RegisterLine): Standing {
  if (recused) return 'recused';
  if (voterId === undefined) return holderId === undefined ? 'vacant' : 'away';
  if (voted === undefined) return 'entitled';
  return voted ? 'voted' : 'silent';
}

/** How many seats could vote, of them how many through somebody else; how many were recused or had nobody there. */
export function countsOf(register: readonly RegisterLine[]) {
  const entitled = register.filter(({ voterId, recused }) => voterId !== undefined && !recused);
  return {
    entitled: entitled.length,
    represented: entitled.filter(({ via }) => via === 'proxy' || via === 'alternate').length,
    recused: register.filter(({ recused }) => recused).length,
    away: register.filter((line) => standingOf(line) === 'away' || standingOf(line) === 'vacant').length,
  };
}
