/** How far apart the edits of one person in one text are noted. */
const APART_MS = 5 * 60_000;
const REMEMBERED = 10_000;

/** Which edits have been noted of late. Who is forgotten is noted once more, which changes nothing. */
export class NotedEdits {
  readonly #last = new Map<string, number>();

  isNew(documentId: string, personId: string, at: Date): boolean {
    const key = `${documentId}:${personId}`;
    const last = this.#last.get(key);
    if (last !== undefined && at.getTime() - last < APART_MS) return false;
    // Put at the end, so that the oldest come first.
    this.#last.delete(key);
    this.#last.set(key, at.getTime());
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= REMEMBERED) break;
      this.#last.delete(oldest);
    }
    return true;
  }
}
