import { Extension } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { type Editor, ReactRenderer } from '@tiptap/react';
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useText } from '../i18n.ts';
import { BLOCKS, type Block, filterNamed, type Named } from './blocks.ts';
import { editorMessages } from './messages.ts';
import styles from './slash.module.css';

type Entry = Block & Named;
type Props = SuggestionProps<Entry, Entry>;
type Keys = { readonly onKeyDown: (event: KeyboardEvent) => boolean };

/** The list under the caret: arrows choose, Enter or Tab inserts, Escape closes. */
function SlashList({ items, command, query, ref }: Props & { ref?: Ref<Keys> }) {
  const t = useText(editorMessages);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at the top again
  useEffect(() => setAt(0), [query]);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  useImperativeHandle(ref, () => ({
    onKeyDown: ({ key }) => {
      if (items.length === 0) return false;
      if (key === 'ArrowDown') setAt((at + 1) % items.length);
      else if (key === 'ArrowUp') setAt((at - 1 + items.length) % items.length);
      else if (key === 'Enter' || key === 'Tab') {
        const chosen = items[at];
        if (chosen) command(chosen);
      } else return false;
      return true;
    },
  }));

  return (
    <div className={styles.list} role="listbox" aria-label={t('slash.label')} ref={list}>
      {items.length === 0 && <p className={styles.none}>{t('slash.none')}</p>}
      {items.map((item, index) => {
        const Sign = item.icon;
        return (
          <button
            key={item.id}
            type="button"
            role="option"
            aria-selected={index === at}
            data-at={index}
            tabIndex={-1}
            className={styles.item}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setAt(index)}
            onClick={() => command(item)}
          >
            <Sign size={18} stroke={1.6} aria-hidden />
            <span>{item.label}</span>
            {item.typed && <kbd>{item.typed.trim()}</kbd>}
          </button>
        );
      })}
    </div>
  );
}

type SlashOptions = {
  /** The blocks to offer, named in the language of the moment. */
  readonly entries: () => readonly Entry[];
  readonly onImage: (editor: Editor) => void;
};

/** Names the blocks in the language of the moment. */
export const namedBlocks = (say: (key: `block.${Block['id']}` | `block.${Block['id']}.words`) => string): Entry[] =>
  BLOCKS.map((block) => ({ ...block, label: say(`block.${block.id}`), words: say(`block.${block.id}.words`) }));

/** Opens the insert menu where somebody types a slash at the start of a line or behind a space. */
export const slashMenu = ({ entries, onImage }: SlashOptions) =>
  Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      return [
        Suggestion<Entry, Entry>({
          editor: this.editor,
          pluginKey: new PluginKey('slashMenu'),
          char: '/',
          // "and/or" is a word, and a code block holds paths.
          allow: ({ editor, state, range }) =>
            editor.isEditable && !editor.isActive('codeBlock') && state.doc.resolve(range.from).parent.isTextblock,
          items: ({ query }) => filterNamed(entries(), query),
          command: ({ editor, range, props }) => {
            const chain = editor.chain().focus().deleteRange(range);
            if (props.run) props.run(chain).run();
            else {
              chain.run();
              onImage(editor);
            }
          },
          render: drawSlash,
        }),
      ];
    },
  });

function drawSlash() {
  let drawn: ReactRenderer<Keys, Props> | undefined;
  let unmount: (() => void) | undefined;
  return {
    onStart: (props: Props) => {
      drawn = new ReactRenderer<Keys, Props>(SlashList, { props, editor: props.editor });
      unmount = props.mount(drawn.element);
    },
    onUpdate: (props: Props) => drawn?.updateProps(props),
    onKeyDown: ({ event }: { event: KeyboardEvent }) => drawn?.ref?.onKeyDown(event) ?? false,
    onExit: () => {
      unmount?.();
      drawn?.destroy();
    },
  };
}
