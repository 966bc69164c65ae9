type Answer<Item> = { readonly items: readonly Item[]; readonly next?: string | undefined };

/** All items of a list that is read page by page: for what makes no sense in parts, such as a tree. */
export async function everyPage<Item>(read: (cursor: string | undefined) => Promise<Answer<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}
