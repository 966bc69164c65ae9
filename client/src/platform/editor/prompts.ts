import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export type PromptTexts = {
  /** What to write in a section; shown while it is empty. */
  readonly section: (sectionId: string) => string;
  /** In an empty section of a text that this reader may not write. */
  readonly empty: () => string;
  /** On the empty line that the caret is in. */
  readonly line: () => string;
  readonly heading: () => string;
};

const isEmptyParagraph = (node: Node | null | undefined): boolean =>
  node?.type.name === 'paragraph' && node.content.size === 0;

/** What is written where nothing is written yet: only two kinds of place are looked at, however long the text. */
export function promptsOf(state: EditorState, editable: boolean, texts: PromptTexts): Decoration[] {
  const decorations: Decoration[] = [];
  const say = (node: Node, pos: number, prompt: string) =>
    decorations.push(Decoration.node(pos, pos + node.nodeSize, { class: 'prompt', 'data-prompt': prompt }));
  const { doc, selection } = state;
  const { $from, empty } = selection;

  doc.forEach((section, offset) => {
    const only = section.childCount === 1 ? section.firstChild : null;
    if (section.type.name !== 'section' || !only || !isEmptyParagraph(only)) return;
    say(only, offset + 1, editable ? texts.section(String(section.attrs.sectionId)) : texts.empty());
  });

  const line = $from.parent;
  const alone = $from.depth > 0 && $from.node(-1).type.name === 'section' && $from.node(-1).childCount === 1;
  if (editable && empty && line.isTextblock && line.content.size === 0 && !alone && !line.type.spec.code) {
    say(line, $from.before(), line.type.name === 'heading' ? texts.heading() : texts.line());
  }
  return decorations;
}

/** Shows prompts in empty sections and on the empty line of the caret. */
export const prompts = (texts: PromptTexts) =>
  Extension.create({
    name: 'prompts',
    addProseMirrorPlugins() {
      const { editor } = this;
      return [
        new Plugin({
          key: new PluginKey('prompts'),
          props: {
            decorations: (state) => DecorationSet.create(state.doc, promptsOf(state, editor.isEditable, texts)),
          },
        }),
      ];
    },
  });
