import { diffArrays, diffWordsWithSpace } from 'diff';
import type { Passages } from '../platform/editor/passages.ts';

/** A run of words; `differs` when the other side lacks it. */
export type Piece = { readonly text: string; readonly differs: boolean };

/** Two passages that stand opposite each other, or a run of passages that are the same on both sides. */
export type Opposite =
  | { readonly kind: 'same'; readonly texts: readonly string[] }
  | {
      readonly kind: 'changed';
      /** The path of the field, for the words of a form. */
      readonly field?: string;
      readonly mine?: readonly Piece[];
      readonly theirs?: readonly Piece[];
    };

/** Sets two states of the same document side by side: the text block by block, then the long answers that differ. */
export function compare(mine: Passages, theirs: Passages): Opposite[] {
  return [...compareBodies(mine.body, theirs.body), ...compareFields(mine.fields, theirs.fields)];
}

function compareBodies(mine: readonly string[], theirs: readonly string[]): Opposite[] {
  const found: Opposite[] = [];
  let gone: readonly string[] = [];
  const flush = (come: readonly string[]) => {
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1) found.push(opposite(gone[at], come[at]));
    gone = [];
  };
  for (const { value, removed, added } of diffArrays([...mine], [...theirs])) {
    if (removed) gone = value;
    else if (added) flush(value);
    else {
      flush([]);
      found.push({ kind: 'same', texts: value });
    }
  }
  flush([]);
  return found;
}

type Texts = Passages['fields'];

function compareFields(mine: Texts, theirs: Texts): Opposite[] {
  const paths = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].sort();
  return paths
    .filter((path) => mine[path] !== theirs[path])
    .map((field) => ({ ...opposite(mine[field], theirs[field]), field }));
}

function opposite(mine: string | undefined, theirs: string | undefined): Extract<Opposite, { kind: 'changed' }> {
  if (mine === undefined || theirs === undefined) {
    const whole = (text: string) => [{ text, differs: true }];
    return {
      kind: 'changed',
      ...(mine === undefined ? {} : { mine: whole(mine) }),
      ...(theirs === undefined ? {} : { theirs: whole(theirs) }),
    };
  }
  const runs = diffWordsWithSpace(mine, theirs);
  const side = (here: 'removed' | 'added', elsewhere: 'removed' | 'added') =>
    runs.filter((run) => !run[elsewhere]).map((run) => ({ text: run.value, differs: run[here] === true }));
  return { kind: 'changed', mine: side('removed', 'added'), theirs: side('added', 'removed') };
}
