import { ActionIcon, Tooltip } from '@mantine/core';
import { type Icon, IconBold, IconCode, IconItalic, IconStrikethrough, IconUnderline } from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { useText } from '../i18n.ts';
import { editorMessages } from './messages.ts';
import { keysOf } from './shortcut-keys.ts';

export const MARKS = [
  { id: 'bold', icon: IconBold, shortcut: 'Mod+B' },
  { id: 'italic', icon: IconItalic, shortcut: 'Mod+I' },
  { id: 'underline', icon: IconUnderline, shortcut: 'Mod+U' },
  { id: 'strike', icon: IconStrikethrough, shortcut: 'Mod+Shift+S' },
  { id: 'code', icon: IconCode, shortcut: 'Mod+E' },
] as const satisfies readonly { id: string; icon: Icon; shortcut: string }[];

/** Buttons for bold, italic and the like; each says whether it is on. */
export function MarkButtons({ editor, size = 'md' }: { editor: Editor; size?: 'md' | 'lg' }) {
  const t = useText(editorMessages);
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      MARKS.filter(({ id }) => current.isActive(id))
        .map(({ id }) => id)
        .join(' '),
  });
  const on = new Set(active.split(' '));
  return MARKS.map(({ id, icon: Sign, shortcut }) => (
    <Tooltip key={id} label={`${t(`mark.${id}`)} (${keysOf(shortcut)})`}>
      <ActionIcon
        size={size}
        variant={on.has(id) ? 'light' : 'subtle'}
        color={on.has(id) ? 'lagoon' : 'gray'}
        aria-label={t(`mark.${id}`)}
        aria-pressed={on.has(id)}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => editor.chain().focus().toggleMark(id).run()}
      >
        <Sign size={17} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
  ));
}
