/** Something that wants to stand at a height, and how tall it is. */
export type Wanting = { readonly id: string; readonly top: number };

/**
 * Heights at which things of one size stand beside what they are about: as near as they can without covering each
 * other, in the order in which they want to stand.
 */
export function stacked(wanting: readonly Wanting[], size: number): readonly Wanting[] {
  let free = Number.NEGATIVE_INFINITY;
  return wanting
    .toSorted((one, other) => one.top - other.top)
    .map(({ id, top }) => {
      const at = Math.max(top, free);
      free = at + size;
      return { id, top: at };
    });
}
