import { Extension } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { type EditorState, NodeSelection, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { RecordBlock } from './record-source.ts';

/** The name of the block that the platform writes. */
export const RECORD = 'record';

/** Set on the one kind of local change that may add such a block, or put it elsewhere. */
export const PLACES_RECORD = 'placesRecord';

const isRecord = (node: Node | null | undefined): boolean => node?.type.name === RECORD;

const blockOf = ({ attrs }: Node): RecordBlock => ({ part: String(attrs.part), ref: String(attrs.ref) });

/** The blocks of a text in the order they stand. */
function recordKeys(doc: Node): string[] {
  return doc.children.filter(isRecord).map((node) => Object.values(blockOf(node)).join('/'));
}

/** Whether every block is still where it was among the others: neither taken out nor taken out and put back. */
function leavesRecords({ doc, mapping }: Transaction, before: Node): boolean {
  let stays = sameList(recordKeys(before), recordKeys(doc));
  before.forEach((node, offset) => {
    if (isRecord(node) && mapping.mapResult(offset).deletedAfter) stays = false;
  });
  return stays;
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, at) => key === b[at]);

/** Whether a range holds such a block, so that deleting the range would take the block away. */
export function crossesRecords(doc: Node, from: number, to: number): boolean {
  let crosses = false;
  doc.forEach((node, start) => {
    if (isRecord(node) && start < to && start + node.nodeSize > from) crosses = true;
  });
  return crosses;
}

/** Empties a range and leaves the blocks in it standing. An empty line stays where it began, with the caret. */
export function emptyAround(tr: Transaction, from: number, to: number): Transaction {
  const parts: { node: Node; start: number; end: number }[] = [];
  tr.doc.forEach((node, start) => {
    const end = start + node.nodeSize;
    if (!isRecord(node) && start < to && end > from) parts.push({ node, start, end });
  });
  const first = parts[0];
  const line = tr.doc.type.schema.nodes.paragraph;
  if (!first || !line) return tr;
  for (const { start, end } of parts.slice(1).reverse()) tr.delete(start, to < end - 1 ? to : end);
  const { node, start, end } = first;
  if (from > start && node.isTextblock) tr.delete(from, Math.min(to, end - 1));
  else if (from > start) tr.delete(from, Math.min(to, end));
  else tr.replaceWith(start, to < end - 1 ? to : end, line.create());
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.max(from, start + 1)), 1));
}

/** An empty line beside a block, with the caret in it. */
export function lineBeside(state: EditorState, side: 'above' | 'below'): Transaction | undefined {
  const { selection, tr } = state;
  const line = state.schema.nodes.paragraph;
  if (!(selection instanceof NodeSelection) || !isRecord(selection.node) || !line) return undefined;
  const at = side === 'above' ? selection.from : selection.to;
  return tr.insert(at, line.create()).setSelection(TextSelection.create(tr.doc, at + 1));
}

/**
 * Backspace or Delete against a block: it is chosen rather than taken away, and an empty line before or behind it goes.
 * Undefined where the caret is not against one.
 */
export function stepOnto({ selection, doc, tr }: EditorState, direction: -1 | 1): Transaction | undefined {
  if (!(selection instanceof TextSelection) || !selection.empty || selection.$head.depth !== 1) return undefined;
  const { $head } = selection;
  if ($head.parentOffset !== (direction < 0 ? 0 : $head.parent.content.size)) return undefined;
  const [before, after] = [$head.before(), $head.after()];
  const beside = direction < 0 ? doc.resolve(before).nodeBefore : doc.resolve(after).nodeAfter;
  if (!isRecord(beside)) return undefined;
  if ($head.parent.content.size === 0) tr.delete(before, after);
  const at = direction < 0 ? before - 1 : tr.mapping.map(after);
  return tr.setSelection(NodeSelection.create(tr.doc, at));
}

/** A slice whose blocks are their words in paragraphs: what is taken along says what it said, and is no block. */
export function inWords(slice: Slice, words: (block: RecordBlock) => readonly string[]): Slice {
  if (!slice.content.content.some(isRecord)) return slice;
  const nodes = slice.content.content.flatMap((node) => {
    const line = node.type.schema.nodes.paragraph;
    if (!isRecord(node) || !line) return [node];
    return words(blockOf(node)).map((text) => line.create(null, text === '' ? [] : [node.type.schema.text(text)]));
  });
  return new Slice(Fragment.from(nodes), slice.openStart, slice.openEnd);
}

const holdsRecord = ({ selection, doc }: EditorState): boolean =>
  crossesRecords(doc, selection.from, selection.to) && !selection.empty;

/** Whether one such block is chosen, as a whole. */
const isChosen = ({ selection }: EditorState): boolean =>
  selection instanceof NodeSelection && isRecord(selection.node);

/** Ticks what is chosen, where it has something to tick. */
function tickChosen(view: EditorView): boolean {
  const dom = view.nodeDOM(view.state.selection.from);
  const box = dom instanceof HTMLElement ? dom.querySelector<HTMLInputElement>('input[type="checkbox"]') : null;
  box?.click();
  return box !== null;
}

function onKey(view: EditorView, event: KeyboardEvent): boolean {
  const { state, editable } = view;
  const { key, shiftKey } = event;
  if (!editable || event.isComposing) return false;
  const go = (tr: Transaction | undefined): boolean => {
    if (tr) view.dispatch(tr.scrollIntoView());
    return tr !== undefined;
  };
  const erases = key === 'Backspace' || key === 'Delete';
  if (isChosen(state)) {
    if (key === 'Enter') return go(lineBeside(state, shiftKey ? 'above' : 'below'));
    if (key === ' ') return tickChosen(view);
    return erases;
  }
  if (!erases && key !== 'Enter') return false;
  const { from, to } = state.selection;
  if (holdsRecord(state)) return go(emptyAround(state.tr, from, to));
  return erases && go(stepOnto(state, key === 'Backspace' ? -1 : 1));
}

function onText(view: EditorView, from: number, to: number, text: string): boolean {
  const { state } = view;
  if (!view.editable) return false;
  const tr = isChosen(state)
    ? lineBeside(state, 'below')
    : from !== to && crossesRecords(state.doc, from, to)
      ? emptyAround(state.tr, from, to)
      : undefined;
  if (!tr) return false;
  // Where nothing but blocks was chosen, there is no line to write in.
  if (tr.selection.$from.parent.isTextblock) tr.insertText(text, tr.selection.from);
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** Makes room for what is pasted: beside a chosen block, or in place of the words around blocks. */
function beforePaste(view: EditorView): false {
  const { state } = view;
  const { from, to } = state.selection;
  if (!view.editable) return false;
  const tr = isChosen(state) ? lineBeside(state, 'below') : holdsRecord(state) && emptyAround(state.tr, from, to);
  if (tr) view.dispatch(tr);
  return false;
}

type GuardOptions = {
  /** What a block says, in lines. */
  readonly words: (block: RecordBlock) => readonly string[];
};

/**
 * Keeps the blocks that the platform writes in place whatever is deleted, cut, pasted or dragged here, and their order.
 * Changes by others, and undo, go through: they were allowed where they were made.
 */
export const recordGuard = ({ words }: GuardOptions) =>
  Extension.create({
    name: 'recordGuard',
    priority: 1040,

    addProseMirrorPlugins() {
      return [
        new Plugin({
          key: new PluginKey('recordGuard'),
          filterTransaction: (tr, state) => {
            if (!tr.docChanged || isChangeOrigin(tr) || tr.getMeta(PLACES_RECORD) === true) return true;
            return leavesRecords(tr, state.doc);
          },
          props: {
            handleKeyDown: onKey,
            handleTextInput: onText,
            handlePaste: beforePaste,
            handleDrop: (_view, _event, slice) => slice.content.content.some(isRecord),
            transformCopied: (slice) => inWords(slice, words),
            clipboardTextSerializer: (slice, { state }) =>
              holdsRecord(state) ? slice.content.textBetween(0, slice.content.size, '\n') : '',
            handleDOMEvents: {
              dragstart: ({ state }, event) => {
                if (!holdsRecord(state)) return false;
                event.preventDefault();
                return true;
              },
              cut: (view) => {
                // The browser copies first; what was copied is emptied a moment later.
                const { from, to } = view.state.selection;
                if (view.editable && holdsRecord(view.state) && !isChosen(view.state))
                  setTimeout(() => !view.isDestroyed && view.dispatch(emptyAround(view.state.tr, from, to)));
                return false;
              },
            },
          },
        }),
      ];
    },
  });
