import { Extension } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { Suggestion } from '@tiptap/suggestion';
import { useText } from '../i18n.ts';
import { BLOCKS, type Block, filterNamed, type Named } from './blocks.ts';
import { editorMessages } from './messages.ts';
import { drawSuggestions, type Suggesting, SuggestionList } from './suggestions.tsx';

type Entry = Block & Named;

/** The blocks that can be inserted. */
function SlashList(props: Suggesting<Entry>) {
  const t = useText(editorMessages);
  return (
    <SuggestionList
      {...props}
      label={t('slash.label')}
      none={t('slash.none')}
      keyOf={({ id }) => id}
      draw={({ icon: Sign, label, typed }) => (
        <>
          <Sign size={18} stroke={1.6} aria-hidden />
          <span>{label}</span>
          {typed && <kbd>{typed.trim()}</kbd>}
        </>
      )}
    />
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
          render: drawSuggestions(SlashList),
        }),
      ];
    },
  });
