import type { Editor } from '@tiptap/react';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type AuthorNames, createAuthorNames, type LoadAuthors } from './author-names.ts';
import { type AuthorSummary, authorAtCaret, authorPressed, authorSummary, passagesBy, showAuthors } from './authors.ts';
import type { Room } from './room.ts';

export type Authors = {
  readonly shown: boolean;
  readonly toggle: () => void;
  /** Undefined while the authors have never been shown. */
  readonly names: AuthorNames | undefined;
};

type Options = {
  readonly editor: Editor | null;
  readonly room: Room;
  /** Whether the server can be asked; when it can be again, what it could not tell before is asked for anew. */
  readonly online: boolean;
  readonly load: LoadAuthors;
};

/** Shows on request who inserted which run of the text. */
export function useAuthors({ editor, room, online, load }: Options): Authors {
  const [shown, setShown] = useState(false);
  const [names, setNames] = useState<AuthorNames>();
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    if (!editor || !names || !shown || editor.isDestroyed) return;
    const draw = () => {
      if (!editor.isDestroyed) showAuthors(editor.view, names);
    };
    const stop = names.subscribe(draw);
    draw();
    return () => {
      stop();
      if (!editor.isDestroyed) showAuthors(editor.view, null);
    };
  }, [editor, names, shown]);

  useEffect(() => {
    if (shown && online) names?.retry();
  }, [names, shown, online]);

  const toggle = () => {
    const mine = { clientId: room.doc.clientID, me: room.me };
    setNames((before) => before ?? createAuthorNames((clientIds) => latest.current(clientIds), mine));
    setShown((before) => !before);
  };
  return { shown, toggle, names };
}

export type AuthorView = {
  readonly summary: AuthorSummary | undefined;
  /** Whose text the caret is in, or a reader has pressed. */
  readonly atCaret: string | undefined;
  /** The names could not be asked for. */
  readonly failed: boolean;
  /** Goes to the next passage of somebody, and from the last to the first. */
  readonly goTo: (personId: string) => void;
};

/** What there is to say about the authors in an editor, live. */
export function useAuthorView(editor: Editor, names: AuthorNames | undefined): AuthorView {
  const subscribe = useCallback(
    (changed: () => void) => {
      editor.on('transaction', changed);
      return () => {
        editor.off('transaction', changed);
      };
    },
    [editor],
  );
  const summary = useSyncExternalStore(subscribe, () => authorSummary(editor.state));
  const atCaret = useSyncExternalStore(subscribe, () => {
    if (!editor.isEditable) return authorPressed(editor.state);
    return editor.isFocused ? authorAtCaret(editor.state) : undefined;
  });
  const failed = useSyncExternalStore(subscribe, () => names?.failed() ?? false);
  const visited = useRef(-1);
  const goTo = (personId: string) => {
    const passages = passagesBy(editor.state, personId);
    const next = passages.find(({ from }) => from > visited.current) ?? passages[0];
    if (!next) return;
    visited.current = next.from;
    reveal(editor, next);
  };
  return { summary, atCaret, failed, goTo };
}

/** Selects a passage and brings it into view, for those who may not write as well. */
function reveal(editor: Editor, { from, to }: { readonly from: number; readonly to: number }): void {
  if (editor.isEditable) {
    editor.chain().focus(undefined, { scrollIntoView: false }).setTextSelection({ from, to }).run();
  }
  const start = editor.view.domAtPos(from, 1);
  const end = editor.view.domAtPos(to, -1);
  if (!editor.isEditable) window.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  const element = start.node instanceof HTMLElement ? start.node : start.node.parentElement;
  element?.scrollIntoView({ block: 'center' });
}
