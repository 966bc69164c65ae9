import { describe, expect, test } from '@jest/globals';
import { above, lined, placesFor, treeOf } from './tree.ts';

const BODIES = [
  { id: 'plenary' },
  { id: 'jury', parentId: 'board' },
  { id: 'board', parentId: 'plenary' },
  { id: 'group', parentId: 'archived-one' },
];

const read = (bodies: readonly { id: string; parentId?: string }[]) =>
  lined(treeOf(bodies)).map(({ body, depth }) => `${'-'.repeat(depth)}${body.id}`);

describe('the tree of bodies', () => {
  test('[G10] each body stands below its parent, whatever the order in which they came', () => {
    expect(read(BODIES)).toEqual(['plenary', '-board', '--jury', 'group']);
  });

  test('a body whose parent is not shown stands at the top', () => {
    expect(read([{ id: 'group', parentId: 'archived-one' }])).toEqual(['group']);
  });

  test('the way up is named from the top', () => {
    expect(above(BODIES, 'jury').map(({ id }) => id)).toEqual(['plenary', 'board']);
    expect(above(BODIES, 'plenary')).toEqual([]);
    expect(above(BODIES, 'unknown')).toEqual([]);
  });

  test('[G10] a body is offered no place below itself', () => {
    expect(placesFor(BODIES, 'board').map(({ body }) => body.id)).toEqual(['plenary', 'group']);
  });

  test('[G10] a new body is offered every place but those at the sixth level', () => {
    const chain = Array.from({ length: 6 }, (_, level) => ({
      id: `${level}`,
      ...(level > 0 ? { parentId: `${level - 1}` } : {}),
    }));
    expect(placesFor(chain, undefined).map(({ body }) => body.id)).toEqual(['0', '1', '2', '3', '4']);
  });
});
