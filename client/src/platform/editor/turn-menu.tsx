import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { useText } from '../i18n.ts';
import { BLOCKS } from './blocks.ts';
import { editorMessages } from './messages.ts';

const turns = BLOCKS.filter(({ turnsInto }) => turnsInto);

/** Says what the present block is, and makes something else of it. */
export function TurnMenu({ editor, size = 'compact-sm' }: { editor: Editor; size?: 'compact-sm' | 'sm' }) {
  const t = useText(editorMessages);
  const current = useEditorState({
    editor,
    selector: ({ editor: now }) => turns.find((block) => block.id !== 'text' && block.isActive?.(now))?.id ?? 'text',
  });
  return (
    <Menu width={220} position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size={size}
          aria-label={`${t('toolbar.turn')} (${t(`block.${current}`)})`}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onMouseDown={(event) => event.preventDefault()}
          style={{ flex: 'none' }}
        >
          {t(`block.${current}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {turns.map(({ id, icon: Sign, run }) => (
          <Menu.Item
            key={id}
            leftSection={<Sign size={17} stroke={1.6} aria-hidden />}
            aria-current={id === current || undefined}
            bg={id === current ? 'var(--concert-chosen)' : undefined}
            onClick={() => run?.(editor.chain().focus()).run()}
          >
            {t(`block.${id}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
