import { useEffect, useRef } from 'react';
import type * as Y from 'yjs';

type Actions = {
  readonly undo: Y.UndoManager;
  readonly onFields: () => void;
  readonly onOutline: () => void;
  readonly onText: () => void;
  readonly onAuthors: () => void;
  readonly onHelp: () => void;
};

/** The shortcuts of the page as a whole. Undo in a field is the document's undo, as it is in the text. */
export function useShortcuts(page: HTMLElement | null, actions: Actions): void {
  const now = useRef(actions);
  now.current = actions;
  useEffect(() => {
    if (!page) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      const action = event.altKey ? jumpOf(event.code, now.current) : undoOf(event, page, now.current);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [page]);
}

// By place on the keyboard: with Alt held, a key may say another letter.
function jumpOf(code: string, { onFields, onOutline, onText, onAuthors }: Actions): (() => void) | undefined {
  if (code === 'KeyF') return onFields;
  if (code === 'KeyO') return onOutline;
  if (code === 'KeyU') return onAuthors;
  return code === 'KeyT' ? onText : undefined;
}

function undoOf(event: KeyboardEvent, page: HTMLElement, { undo, onHelp }: Actions): (() => void) | undefined {
  if (event.key === '/') return onHelp;
  const inField =
    event.target instanceof Element && page.contains(event.target) && event.target.closest('[data-field]');
  if (!inField) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z') return () => (event.shiftKey ? undo.redo() : undo.undo());
  return key === 'y' ? () => undo.redo() : undefined;
}
