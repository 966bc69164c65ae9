/** One replacement in a text: `remove` characters at `at` give way to `insert`. */
export type TextChange = { readonly at: number; readonly remove: number; readonly insert: string };

/** What Yjs reports of a change of a text: runs to keep, to remove, to insert. */
export type TextDelta = readonly { readonly retain?: number; readonly delete?: number; readonly insert?: unknown }[];

/**
 * The smallest replacement that makes `after` out of `before`, or undefined when they are equal. `caret` is where the
 * caret stands after the edit: in "aa" → "aaa" it alone tells which letter is new, and somebody else may be writing
 * right beside it.
 */
export function textChange(before: string, after: string, caret: number): TextChange | undefined {
  if (before === after) return undefined;
  const atCaret = changeWithTail(before, after, Math.max(0, after.length - caret));
  const smallest = changeWithTail(before, after, after.length);
  // A correction or a dropped text may leave the caret elsewhere than where it changed something.
  return sizeOf(atCaret) <= sizeOf(smallest) ? atCaret : smallest;
}

const sizeOf = ({ remove, insert }: TextChange): number => remove + insert.length;

/** The replacement that leaves at most `longestTail` equal characters at the end, and then what is equal at the start. */
function changeWithTail(before: string, after: string, longestTail: number): TextChange {
  const shortest = Math.min(before.length, after.length);
  const untouched = Math.min(shortest, longestTail);
  let tail = 0;
  while (tail < untouched && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  let head = 0;
  while (head < shortest - tail && before[head] === after[head]) head += 1;
  // Half of a surrogate pair is not a character: the replacement takes the whole one.
  if (head > 0 && isHighSurrogate(before, head - 1)) head -= 1;
  if (tail > 0 && isHighSurrogate(before, before.length - tail - 1)) tail -= 1;
  return { at: head, remove: before.length - head - tail, insert: after.slice(head, after.length - tail) };
}

const isHighSurrogate = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
};

/** Where a position stands after a change by somebody else; text that arrives exactly there goes behind it. */
export function positionAfter(position: number, delta: TextDelta): number {
  let at = 0;
  let moved = position;
  for (const step of delta) {
    if (at > moved) break;
    if (step.retain !== undefined) at += step.retain;
    else if (typeof step.insert === 'string') {
      if (at < moved) moved += step.insert.length;
      at += step.insert.length;
    } else if (step.delete !== undefined) moved -= Math.min(step.delete, Math.max(0, moved - at));
  }
  return moved;
}
