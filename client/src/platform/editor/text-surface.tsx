import { type Editor, EditorContent } from '@tiptap/react';
import { type ReactNode, useState } from 'react';
import type * as Y from 'yjs';
import { BlockHandle } from './block-handle.tsx';
import { ImageBubble, SelectionBubble } from './bubble.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { type SectionTexts, SectionTextsProvider } from './section-view.tsx';
import { selectWord } from './select-word.ts';
import { TableBubble } from './table-bubble.tsx';
import './text.css';
import './authors.css';
import styles from './text-surface.module.css';
import { Toolbar } from './toolbar.tsx';

type Props = {
  readonly editor: Editor;
  readonly undo: Y.UndoManager;
  readonly editable: boolean;
  readonly sections: SectionTexts;
  readonly linking: boolean;
  readonly onLinking: (on: boolean) => void;
  readonly help: boolean;
  readonly onHelp: (open: boolean) => void;
  readonly pickImage: () => void;
  /** At the right end of the toolbar. */
  readonly toolbarEnd?: ReactNode;
  /** Under the toolbar, for readers as well. */
  readonly legend?: ReactNode;
  /** Beside the text, at the heights of what it is about. */
  readonly margin?: ReactNode;
  /** Between the toolbar and the text: the title. */
  readonly children?: ReactNode;
};

/** The text with everything around it that formats it; a reader without the right to write gets the text alone. */
export function TextSurface(props: Props) {
  const { editor, undo, editable, sections, linking, onLinking, help, onHelp, pickImage } = props;
  const { toolbarEnd, legend, margin, children } = props;
  return (
    <SectionTextsProvider value={sections}>
      {(editable || legend) && (
        <div className={styles.toolbar}>
          {editable && (
            <div className={styles.tools}>
              <Toolbar
                editor={editor}
                undo={undo}
                onImage={pickImage}
                onLink={() => {
                  selectWord(editor);
                  onLinking(true);
                }}
                onHelp={() => onHelp(true)}
                end={toolbarEnd}
              />
            </div>
          )}
          {legend}
        </div>
      )}
      <div className={styles.column}>
        {children}
        <div className={styles.body}>
          <EditorContent editor={editor} />
          {margin}
        </div>
      </div>
      {editable && (
        <>
          <SelectionBubble editor={editor} linking={linking} onLinking={onLinking} />
          <TableBubble editor={editor} />
          <ImageBubble editor={editor} />
          <BlockHandle editor={editor} />
        </>
      )}
      <HelpDialog opened={help} onClose={() => onHelp(false)} />
    </SectionTextsProvider>
  );
}

/** The dialogs of the editor, open or not. */
export function useSurfaceState() {
  const [linking, onLinking] = useState(false);
  const [help, onHelp] = useState(false);
  return { linking, onLinking, help, onHelp };
}
