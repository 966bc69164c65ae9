import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react';
import { DragHandle } from '@tiptap/extension-drag-handle-react';
import type { Node } from '@tiptap/pm/model';
import type { Editor } from '@tiptap/react';
import { useCallback, useRef, useState } from 'react';
import { useText } from '../i18n.ts';
import styles from './block-handle.module.css';
import { moveBlock } from './block-moves.ts';
import { holdLine } from './lines.ts';
import { editorMessages } from './messages.ts';
import { RECORD } from './record-guard.ts';
import { useRecordSource } from './record-source.ts';

type Target = { readonly node: Node; readonly pos: number };

// Whole sections stay where the template put them; cells and rows have controls of their own.
const NESTED = {
  edgeDetection: 'none' as const,
  rules: [
    {
      id: 'blocksOnly',
      evaluate: ({ node, parent }: { node: Node; parent: Node | null }) => {
        const held = ['section', 'tableRow', 'tableCell', 'tableHeader', 'listItem', 'taskItem'];
        if (held.includes(node.type.name)) return 1000;
        return parent?.type.name === 'section' || parent?.type.name === 'doc' ? 0 : 1000;
      },
    },
  ],
};

/** The grip beside the block under the pointer: insert below, drag, move, duplicate, delete. */
export function BlockHandle({ editor }: { editor: Editor }) {
  const t = useText(editorMessages);
  const target = useRef<Target>(undefined);
  const [open, setOpen] = useState(false);
  const [type, setType] = useState<string>();
  const lineAction = useRecordSource()?.lineAction;
  const onNodeChange = useCallback(({ node, pos }: { node: Node | null; pos: number }) => {
    if (node) target.current = { node, pos };
    setType(node?.type.name);
  }, []);

  const atTarget = (run: (target: Target) => void) => () => {
    // Somebody else may have changed the text since the pointer came here.
    const current = target.current;
    if (current && editor.state.doc.nodeAt(current.pos)?.type === current.node.type) run(current);
  };
  const move = (by: -1 | 1) =>
    atTarget(({ pos }) => {
      const tr = moveBlock(editor.state, pos, by);
      if (tr) editor.view.dispatch(tr);
    });
  const addBelow = atTarget(({ pos }) => {
    const behind = pos + (editor.state.doc.nodeAt(pos)?.nodeSize ?? 0);
    editor
      .chain()
      .insertContentAt(behind, { type: 'paragraph' })
      .focus(behind + 1)
      .insertContent('/')
      .run();
  });
  const duplicate = atTarget(({ pos }) => {
    const node = editor.state.doc.nodeAt(pos);
    if (node) editor.view.dispatch(editor.state.tr.insert(pos + node.nodeSize, node));
  });
  const remove = atTarget(({ pos }) => {
    const node = editor.state.doc.nodeAt(pos);
    if (node)
      editor
        .chain()
        .deleteRange({ from: pos, to: pos + node.nodeSize })
        .focus()
        .run();
  });
  const act = atTarget(({ pos }) => {
    const line = holdLine(editor, pos + 1);
    if (line) lineAction?.run(line);
  });

  // A section stays where its template put it.
  return (
    <DragHandle editor={editor} nested={NESTED} onNodeChange={onNodeChange} className={styles.handle}>
      <Group gap={0} wrap="nowrap" className={styles.buttons} data-open={open || undefined} hidden={type === 'section'}>
        <Tooltip label={t('drag.add')}>
          <ActionIcon size="sm" aria-label={t('drag.add')} tabIndex={-1} onClick={addBelow}>
            <IconPlus size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {/* What the platform writes stays where it is: a line below it is all that is offered. */}
        {type !== RECORD && (
          <BlockMenu
            opened={open}
            onOpen={setOpen}
            {...{ act, move, duplicate, remove }}
            isLine={type === 'paragraph'}
          />
        )}
      </Group>
    </DragHandle>
  );
}

type MenuProps = {
  readonly opened: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly isLine: boolean;
  readonly act: () => void;
  readonly move: (by: -1 | 1) => () => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
};

/** What can be done with the block. */
function BlockMenu({ opened, onOpen, isLine, act, move, duplicate, remove }: MenuProps) {
  const t = useText(editorMessages);
  const lineAction = useRecordSource()?.lineAction;
  return (
    <Menu opened={opened} onChange={onOpen} width={lineAction ? 230 : 190} position="bottom-start">
      <Menu.Target>
        <ActionIcon size="sm" className={styles.grip} aria-label={t('drag.move')} title={t('drag.move')} tabIndex={-1}>
          <IconGripVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {lineAction && isLine && (
          <>
            <Menu.Item leftSection={<lineAction.icon size={16} aria-hidden />} onClick={act}>
              {lineAction.label}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconArrowUp size={16} />} onClick={move(-1)}>
          {t('drag.up')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={16} />} onClick={move(1)}>
          {t('drag.down')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={duplicate}>
          {t('drag.duplicate')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={remove}>
          {t('drag.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
