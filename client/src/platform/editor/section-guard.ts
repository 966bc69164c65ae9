import { Extension } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';

/** Set on the one kind of local change that may add a section. */
const ADDS_SECTION = 'addsSection';

/** The sections of a text in the order they stand. */
export function sectionIds(doc: Node): string[] {
  const ids: string[] = [];
  doc.forEach((node) => {
    if (node.type.name === 'section') ids.push(String(node.attrs.sectionId));
  });
  return ids;
}

/** The sections of the template that a text lacks. */
export const missingSections = (doc: Node, wanted: readonly string[]): string[] => {
  const present = new Set(sectionIds(doc));
  return wanted.filter((id) => !present.has(id));
};

/** Puts a missing section back at its place in the order of the template, with the caret in it. */
export function addSection(state: EditorState, sectionId: string, order: readonly string[]): Transaction {
  const { section, paragraph } = state.schema.nodes;
  const tr = state.tr;
  if (!section || !paragraph) return tr;
  const at = placeFor(state.doc, sectionId, order);
  tr.insert(at, section.create({ sectionId }, paragraph.create()));
  tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2)));
  return tr.setMeta(ADDS_SECTION, true).scrollIntoView();
}

/** Behind the last section that comes before it in the template; at the top when there is none. */
function placeFor(doc: Node, sectionId: string, order: readonly string[]): number {
  const before = new Set(order.slice(0, order.indexOf(sectionId)));
  let place = 0;
  doc.forEach((node, offset) => {
    if (node.type.name === 'section' && before.has(String(node.attrs.sectionId))) place = offset + node.nodeSize;
  });
  return place;
}

/** True when a range reaches over the edge of a section, so that deleting it would take the section away. */
export function crossesSections(doc: Node, from: number, to: number): boolean {
  if (from === to) return false;
  const [$from, $to] = [doc.resolve(from), doc.resolve(to)];
  if ($from.depth > 0 && $to.depth > 0 && $from.index(0) === $to.index(0)) return false;
  let crosses = false;
  doc.nodesBetween(from, to, (node) => {
    if (node.type.name === 'section') crosses = true;
    return false;
  });
  return crosses;
}

/** Empties a range and leaves the sections that it reaches over standing. The caret stays where the range began. */
export function emptyAcross(tr: Transaction, from: number, to: number): Transaction {
  const parts: { node: Node; start: number }[] = [];
  tr.doc.forEach((node, start) => {
    if (start < to && start + node.nodeSize > from) parts.push({ node, start });
  });
  for (const { node, start } of parts.reverse()) {
    const end = start + node.nodeSize;
    if (node.type.name !== 'section') tr.delete(Math.max(start, from), Math.min(end, to));
    else if (from <= start + 2 && to >= end - 2) {
      const empty = node.type.contentMatch.defaultType?.createAndFill();
      if (empty) tr.replaceWith(start + 1, end - 1, empty);
    } else tr.delete(Math.max(start + 1, from), Math.min(end - 1, to));
  }
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), 1));
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at]);

/**
 * Keeps the sections of a template in place whatever is deleted, cut, pasted or dragged here. Changes by others, and
 * undo, go through: they were allowed where they were made.
 */
export const SectionGuard = Extension.create({
  name: 'sectionGuard',
  priority: 1050,

  addProseMirrorPlugins() {
    const empty = (state: EditorState, dispatch: (tr: Transaction) => void): boolean => {
      const { from, to } = state.selection;
      if (!crossesSections(state.doc, from, to)) return false;
      dispatch(emptyAcross(state.tr, from, to).scrollIntoView());
      return true;
    };
    return [
      new Plugin({
        key: new PluginKey('sectionGuard'),
        filterTransaction: (tr, state) => {
          if (!tr.docChanged || isChangeOrigin(tr) || tr.getMeta(ADDS_SECTION) === true) return true;
          return sameList(sectionIds(state.doc), sectionIds(tr.doc));
        },
        props: {
          handleKeyDown: (view, event) => {
            if (event.key !== 'Backspace' && event.key !== 'Delete' && event.key !== 'Enter') return false;
            return view.editable && empty(view.state, view.dispatch);
          },
          handleTextInput: (view, from, to, text) => {
            if (!view.editable || !crossesSections(view.state.doc, from, to)) return false;
            const tr = emptyAcross(view.state.tr, from, to);
            view.dispatch(tr.insertText(text, tr.selection.from).scrollIntoView());
            return true;
          },
          handlePaste: (view) => {
            if (view.editable) empty(view.state, view.dispatch);
            return false;
          },
          handleDOMEvents: {
            cut: (view) => {
              // The browser copies first; what was copied is emptied a moment later.
              if (view.editable) setTimeout(() => !view.isDestroyed && empty(view.state, view.dispatch));
              return false;
            },
          },
        },
      }),
    ];
  },
});
