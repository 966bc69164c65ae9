import { mayStandBelow } from '@concert/domain/governance/seats.ts';

type Node = { readonly id: string; readonly parentId?: string | undefined };

/** A body with those below it. */
export type Branch<Body extends Node> = {
  readonly body: Body;
  /** 0 at the top. */
  readonly depth: number;
  readonly branches: readonly Branch<Body>[];
};

/** [G10] Bodies as a tree, in the order given. One whose parent is not among them (archived, say) stands at the top. */
export function treeOf<Body extends Node>(bodies: readonly Body[]): readonly Branch<Body>[] {
  const known = new Set(bodies.map(({ id }) => id));
  const placed = ({ parentId }: Body) => (parentId !== undefined && known.has(parentId) ? parentId : undefined);
  const below = (id: string | undefined, depth: number): Branch<Body>[] =>
    bodies.filter((body) => placed(body) === id).map((body) => ({ body, depth, branches: below(body.id, depth + 1) }));
  return below(undefined, 0);
}

/** A tree from top to bottom as one reads it. */
export const lined = <Body extends Node>(tree: readonly Branch<Body>[]): readonly Branch<Body>[] =>
  tree.flatMap((branch) => [branch, ...lined(branch.branches)]);

/** The bodies above one, the topmost first. */
export function above<Body extends Node>(bodies: readonly Body[], id: string): readonly Body[] {
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const chain: Body[] = [];
  let next = byId.get(byId.get(id)?.parentId ?? '');
  while (next !== undefined && !chain.includes(next)) {
    chain.unshift(next);
    next = byId.get(next.parentId ?? '');
  }
  return chain;
}

/** [G10] Below which a body may stand; a new one has no id yet. */
export function placesFor<Body extends Node>(bodies: readonly Body[], id: string | undefined): readonly Branch<Body>[] {
  const parents = new Map(bodies.map((body) => [body.id, body.parentId]));
  return lined(treeOf(bodies)).filter(({ body }) => mayStandBelow(parents, id ?? '', body.id).ok);
}
