import { kindOf } from '@concert/domain/kinds.ts';
import type { Written, WrittenPath } from '@concert/editor/authorship.ts';
import { writtenIn } from '@concert/editor/authorship.ts';
import type * as Y from 'yjs';
import type { Authored, AuthoredRun, ProvenanceInput } from './types.ts';

/** A longer run is told in parts. */
const MAX_RUN = 100_000;
/** A page ends earlier when its runs hold so many characters. */
const MAX_CHARACTERS = 1_000_000;

type Open = { readonly path: WrittenPath; readonly personId: string | null; readonly offset: number; length: number };

/** Joins what is written into runs, keeps one page of them, and counts all. */
class Page {
  readonly #from: number;
  readonly #limit: number;
  readonly #runs: AuthoredRun[] = [];
  readonly #characters = new Map<string | null, number>();
  #open: Open | null = null;
  #texts: string[] = [];
  #index = 0;
  #told = 0;
  #full = false;
  #more = false;

  constructor({ from, limit }: ProvenanceInput) {
    this.#from = from;
    this.#limit = limit;
  }

  add(written: Written, personId: string | null): void {
    if (written.type === 'value') {
      this.#close();
      this.#tell(() => ({ type: 'value', path: [...written.path], personId }));
      return;
    }
    this.#characters.set(personId, (this.#characters.get(personId) ?? 0) + written.text.length);
    for (let at = 0; at < written.text.length; )
      at += this.#extend({ ...written, text: written.text, offset: written.offset + at }, personId, at);
  }

  /** Adds as much of a text, from `at` on, as the run takes; answers how much that is. */
  #extend({ path, offset, text }: Extract<Written, { type: 'text' }>, personId: string | null, at: number): number {
    const open = this.#open;
    const goesOn =
      open !== null &&
      open.path === path &&
      open.personId === personId &&
      open.offset + open.length === offset &&
      open.length < MAX_RUN;
    if (!goesOn) this.#close();
    const run = goesOn ? open : { path, personId, offset, length: 0 };
    this.#open = run;
    const piece = text.slice(at, whole(text, at + MAX_RUN - run.length));
    run.length += piece.length;
    if (this.#isWanted()) this.#texts.push(piece);
    return piece.length;
  }

  #close(): void {
    const run = this.#open;
    if (run === null) return;
    const { path, ...rest } = run;
    this.#tell(() => ({ type: 'text', path: [...path], ...rest, text: this.#texts.join('') }));
    this.#open = null;
    this.#texts = [];
  }

  #isWanted(): boolean {
    return this.#index >= this.#from && !this.#full;
  }

  #tell(run: () => AuthoredRun): void {
    if (this.#isWanted()) {
      const told = run();
      this.#runs.push(told);
      this.#told += told.type === 'text' ? told.length : 0;
      this.#full = this.#runs.length >= this.#limit || this.#told >= MAX_CHARACTERS;
    } else this.#more ||= this.#full;
    this.#index += 1;
  }

  end(): Authored {
    this.#close();
    return { ok: true, runs: this.#runs, more: this.#more, characters: this.#characters };
  }
}

/** An end at or just behind `end` that cuts no surrogate pair. */
const whole = (text: string, end: number): number => (isLow(text.charCodeAt(end)) ? end + 1 : end);
const isLow = (code: number): boolean => (code & 0xfc00) === 0xdc00;

/** One page of who wrote what, and how much everybody did. @throws RangeError when the text nests too deep */
export function authoredIn(doc: Y.Doc, input: ProvenanceInput): Authored {
  const page = new Page(input);
  for (const written of writtenIn(doc, kindOf(input.kind)))
    page.add(written, input.owners.get(written.clientId) ?? null);
  return page.end();
}
