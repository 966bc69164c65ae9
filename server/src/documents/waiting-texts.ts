/** Quiet before a text is read, so that a burst of keystrokes is read once. */
const QUIET_MS = 150;
/** The least time between two readings of one text, when few are being written and when very many are. */
const APART_MS = 1_000;
const MOST_APART_MS = 10_000;
/** Reading is for lists and search; however many texts are being written, it must leave the machine to their writers. */
const READINGS_PER_SECOND = 30;
/** Texts that are due are read together: so many at most, so often at most. */
const TOGETHER = 64;
const ROUND_MS = 250;
const RETRY_MAX_MS = 60_000;

/** What became durable of a text and is not projected yet. */
export type Waiting = {
  readonly editors: Map<string, number>;
  lastEditor: string | undefined;
  /** When it is to be read, on the scale of `performance.now()`; infinite when somebody is about to. */
  dueAt: number | undefined;
  failures: number;
};

/** Which texts wait to be read, and when each is due. */
export class WaitingTexts {
  readonly #onDue: (documentIds: readonly string[]) => void;
  readonly #waiting = new Map<string, Waiting>();
  readonly #lastRead = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #wakesAt = Number.POSITIVE_INFINITY;
  #stopped = false;

  /** @param onDue called with texts that are due; each must then {@link begin} */
  constructor(onDue: (documentIds: readonly string[]) => void) {
    this.#onDue = onDue;
  }

  /** Somebody's edit of a text became durable. */
  wrote(documentId: string, { seq, personIds }: { seq: number; personIds: readonly string[] }): void {
    if (this.#stopped) return;
    const item = this.#item(documentId);
    for (const person of personIds) item.editors.set(person, seq);
    item.lastEditor = personIds.at(-1) ?? item.lastEditor;
    if (item.dueAt !== undefined) return;
    const since = performance.now() - (this.#lastRead.get(documentId) ?? Number.NEGATIVE_INFINITY);
    this.#schedule(item, Math.max(QUIET_MS, this.#apart() - since));
  }

  /** A reading begins now: answers what it has to take over. */
  begin(documentId: string): Waiting {
    const item = this.#item(documentId);
    this.#waiting.delete(documentId);
    // Put at the end, so that the oldest come first.
    this.#lastRead.delete(documentId);
    this.#lastRead.set(documentId, performance.now());
    return item;
  }

  /** A reading did not come about; who wrote is remembered for the next one, which somebody is about to begin. */
  restore(documentId: string, item: Waiting): void {
    this.#merge(documentId, item).failures = item.failures;
  }

  /** A reading failed: there will be another one, the later the more failed before. */
  retry(documentId: string, item: Waiting): void {
    const again = this.#merge(documentId, item);
    again.failures = item.failures + 1;
    if (!this.#stopped) this.#schedule(again, Math.min(APART_MS * 2 ** again.failures, RETRY_MAX_MS));
  }

  /** Forgets when texts were read that nobody has written since, and answers which. */
  forgetOld(): readonly string[] {
    const old = performance.now() - MOST_APART_MS;
    const forgotten: string[] = [];
    for (const [documentId, at] of this.#lastRead) {
      if (at > old) break;
      this.#lastRead.delete(documentId);
      forgotten.push(documentId);
    }
    return forgotten;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #item(documentId: string): Waiting {
    const item = this.#waiting.get(documentId) ?? {
      editors: new Map(),
      lastEditor: undefined,
      dueAt: undefined,
      failures: 0,
    };
    this.#waiting.set(documentId, item);
    return item;
  }

  #merge(documentId: string, { editors, lastEditor }: Waiting): Waiting {
    const into = this.#item(documentId);
    for (const [person, seq] of editors) into.editors.set(person, Math.max(seq, into.editors.get(person) ?? 0));
    into.lastEditor ??= lastEditor;
    return into;
  }

  /** Grows with the number of texts that wait, so that together they are not read more often than said. */
  #apart(): number {
    return Math.min(MOST_APART_MS, Math.max(APART_MS, (this.#waiting.size / READINGS_PER_SECOND) * 1_000));
  }

  #schedule(item: Waiting, afterMs: number): void {
    item.dueAt ??= performance.now() + afterMs;
    this.#wakeAt(item.dueAt);
  }

  #wakeAt(at: number): void {
    if (this.#stopped || at >= this.#wakesAt) return;
    clearTimeout(this.#timer);
    this.#wakesAt = at;
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, at - performance.now()));
  }

  #wake(): void {
    const now = performance.now();
    const due: string[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const [documentId, item] of this.#waiting) {
      const { dueAt = Number.POSITIVE_INFINITY } = item;
      if (dueAt > now) next = Math.min(next, dueAt);
      else if (due.length === TOGETHER) next = now;
      else {
        item.dueAt = Number.POSITIVE_INFINITY;
        due.push(documentId);
      }
    }
    this.#wakesAt = Number.POSITIVE_INFINITY;
    if (next < Number.POSITIVE_INFINITY) this.#wakeAt(Math.max(next, now + ROUND_MS));
    if (due.length > 0) this.#onDue(due);
  }
}
