import { MAX_FILE_BYTES } from '@concert/domain/files/api.ts';
import { editorExtensions } from '@concert/editor/schema.ts';
import { notifications } from '@mantine/notifications';
import { Extension, type Extensions } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { type Editor, useEditor } from '@tiptap/react';
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import { useEffect, useRef } from 'react';
import { sayProblem } from '../../ui/notify.ts';
import { useLocale, useText } from '../i18n.ts';
import { styleNonce } from '../security.ts';
import { authorMarks } from './authors.ts';
import { moveBlock } from './block-moves.ts';
import { peerCarets } from './carets.ts';
import { actOnLine } from './lines.ts';
import { editorMessages } from './messages.ts';
import { OwnCaret } from './own-caret.ts';
import { prompts } from './prompts.ts';
import { recordGuard } from './record-guard.ts';
import { type LineAction, plainRecord, type RecordBlock, useRecordSource } from './record-source.ts';
import { DrawnRecord } from './record-view.tsx';
import type { Room } from './room.ts';
import { SectionGuard } from './section-guard.ts';
import { DrawnSection } from './section-view.tsx';
import { selectWord } from './select-word.ts';
import { namedBlocks, slashMenu } from './slash.tsx';
import { addImages, imageUploads, type UploadTexts } from './uploads.ts';

export type TextEditorOptions = {
  readonly room: Room;
  readonly editable: boolean;
  /** The text has the sections of a template, and nothing between them. */
  readonly sectioned: boolean;
  readonly promptOf: (sectionId: string) => string;
  readonly onHelp: () => void;
  readonly onLink: () => void;
};

export type TextEditor = {
  readonly editor: Editor | null;
  /** Asks for images and adds them at the caret. */
  readonly pickImage: () => void;
};

/** Makes the editor of a room's text. It lives as long as the room and is told what changes, never remade for it. */
export function useTextEditor(options: TextEditorOptions): TextEditor {
  const { room, editable, sectioned } = options;
  const t = useText(editorMessages);
  const locale = useLocale();
  const source = useRecordSource();
  const now = useRef({ ...options, t, source });
  now.current = { ...options, t, source };
  const wordsOf = (block: RecordBlock): readonly string[] => {
    const told = now.current.source?.words(block);
    return told ? plainRecord(told) : [];
  };

  const uploadTexts: UploadTexts = {
    uploading: (name) => now.current.t('image.uploading', { name }),
    cancel: () => now.current.t('image.cancel'),
    failed: (name, error) => sayProblem(error, now.current.t('image.failed', { name })),
    tooBig: (name) => refuse(name, now.current.t('image.tooBig', { limit: MAX_FILE_BYTES / 1024 / 1024 })),
    wrongType: (name) => refuse(name, now.current.t('image.wrongType')),
  };
  const refuse = (name: string, message: string) =>
    notifications.show({ title: now.current.t('image.failed', { name }), message, color: 'red', autoClose: 10_000 });
  const pickFor = (editor: Editor) =>
    pickImages((files) => void addImages(editor.view, room.documentId, files, { texts: uploadTexts }));

  const editor = useEditor(
    {
      editable,
      immediatelyRender: false,
      shouldRerenderOnTransaction: false,
      injectNonce: styleNonce(),
      // The text stands from the first moment: a caret that begins in an empty paragraph would be left between two
      // sections when the binding brings them in.
      ...(room.body.length > 0 ? { content: yXmlFragmentToProsemirrorJSON(room.body) } : {}),
      editorProps: {
        attributes: {
          class: 'doc-text',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('text.label'),
          spellcheck: 'true',
        },
        scrollMargin: { top: 120, bottom: 80, left: 0, right: 0 },
        scrollThreshold: { top: 120, bottom: 80, left: 0, right: 0 },
      },
      extensions: [
        ...baseExtensions(sectioned),
        Collaboration.configure({ fragment: room.body, yUndoOptions: { undoManager: room.undo } }),
        OwnCaret,
        recordGuard({ words: wordsOf }),
        authorMarks(room.doc),
        peerCarets(room.awareness, room.me),
        prompts({
          section: (id) => now.current.promptOf(id),
          empty: () => now.current.t('text.empty'),
          line: () => now.current.t('text.placeholder'),
          heading: () => now.current.t('text.placeholder.heading'),
        }),
        slashMenu({ entries: () => namedBlocks(now.current.t), onImage: pickFor }),
        ...imageUploads(room.documentId, uploadTexts),
        shortcuts({
          help: () => now.current.onHelp(),
          link: () => now.current.onLink(),
          act: () => now.current.source?.lineAction,
        }),
      ],
    },
    [room],
  );

  useEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable);
  }, [editor, editable]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: prompts are drawn again when the language changes
  useEffect(() => {
    if (!editor || editor.isDestroyed) return;
    editor.view.dom.setAttribute('aria-label', now.current.t('text.label'));
    editor.view.dom.setAttribute('aria-readonly', String(!editable));
    editor.view.dispatch(editor.state.tr.setMeta('addToHistory', false));
  }, [editor, locale, editable]);

  useEffect(() => {
    if (!editor) return;
    // A table wider than the screen is scrolled by keyboard only if it can have the focus.
    const reach = () => {
      for (const table of editor.view.dom.querySelectorAll('.tableWrapper:not([tabindex])'))
        table.setAttribute('tabindex', '0');
    };
    reach();
    editor.on('update', reach);
    return () => {
      editor.off('update', reach);
    };
  }, [editor]);

  return { editor, pickImage: () => editor && pickFor(editor) };
}

/** The shared schema; between the sections of a template there is no place for a caret. */
function baseExtensions(sectioned: boolean): Extensions {
  const extensions = editorExtensions({ section: DrawnSection, record: DrawnRecord });
  if (!sectioned) return extensions;
  const closed = extensions.map((extension) =>
    extension.name === 'doc' ? extension.extend({ allowGapCursor: false }) : extension,
  );
  return [...closed, SectionGuard];
}

type Shortcuts = {
  readonly help: () => void;
  readonly link: () => void;
  readonly act: () => LineAction | undefined;
};

const shortcuts = ({ help, link, act }: Shortcuts) =>
  Extension.create({
    name: 'documentShortcuts',
    addKeyboardShortcuts() {
      const move = (by: -1 | 1) => () => {
        const { $from } = this.editor.state.selection;
        const depth = $from.depth > 1 && $from.node(1).type.name === 'section' ? 2 : 1;
        if ($from.depth < depth) return false;
        const tr = moveBlock(this.editor.state, $from.before(depth), by);
        if (tr) this.editor.view.dispatch(tr);
        return tr !== undefined;
      };
      const run = (action: () => void) => () => {
        action();
        return true;
      };
      return {
        'Mod-/': run(help),
        'Mod-Alt-k': run(() => {
          selectWord(this.editor);
          link();
        }),
        'Mod-Alt-a': () => this.editor.isEditable && actOnLine(this.editor, act()),
        'Alt-Shift-ArrowUp': move(-1),
        'Alt-Shift-ArrowDown': move(1),
      };
    },
  });

function pickImages(take: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/png,image/jpeg,image/webp,image/gif';
  input.multiple = true;
  input.addEventListener('change', () => take([...(input.files ?? [])]));
  input.click();
}
