import { ActionIcon, Divider, Group, Paper, Tooltip } from '@mantine/core';
import {
  type Icon,
  IconArrowsJoin2,
  IconColumnInsertLeft,
  IconColumnInsertRight,
  IconColumnRemove,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconRowRemove,
  IconTableMinus,
  IconTableRow,
} from '@tabler/icons-react';
import type { ChainedCommands } from '@tiptap/core';
import type { Editor } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { useText } from '../i18n.ts';
import styles from './bubble.module.css';
import { editorMessages } from './messages.ts';

type Action = {
  readonly id:
    | 'rowBefore'
    | 'rowAfter'
    | 'columnBefore'
    | 'columnAfter'
    | 'deleteRow'
    | 'deleteColumn'
    | 'header'
    | 'merge'
    | 'delete';
  readonly icon: Icon;
  readonly run: (chain: ChainedCommands) => ChainedCommands;
};

const GROUPS: readonly (readonly Action[])[] = [
  [
    { id: 'rowBefore', icon: IconRowInsertTop, run: (chain) => chain.addRowBefore() },
    { id: 'rowAfter', icon: IconRowInsertBottom, run: (chain) => chain.addRowAfter() },
    { id: 'deleteRow', icon: IconRowRemove, run: (chain) => chain.deleteRow() },
  ],
  [
    { id: 'columnBefore', icon: IconColumnInsertLeft, run: (chain) => chain.addColumnBefore() },
    { id: 'columnAfter', icon: IconColumnInsertRight, run: (chain) => chain.addColumnAfter() },
    { id: 'deleteColumn', icon: IconColumnRemove, run: (chain) => chain.deleteColumn() },
  ],
  [
    { id: 'header', icon: IconTableRow, run: (chain) => chain.toggleHeaderRow() },
    { id: 'merge', icon: IconArrowsJoin2, run: (chain) => chain.mergeOrSplit() },
    { id: 'delete', icon: IconTableMinus, run: (chain) => chain.deleteTable() },
  ],
];

/** The table around the caret, as drawn. */
function tableAt(editor: Editor): Element | null {
  const { node } = editor.view.domAtPos(editor.state.selection.from);
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('.tableWrapper, table') ?? null;
}

/** The bar under the table that the caret is in: rows, columns, header, removal. */
export function TableBubble({ editor }: { editor: Editor }) {
  const t = useText(editorMessages);
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="tableBubble"
      className={styles.bubble}
      options={{ placement: 'bottom-start', offset: 6, flip: false, shift: { padding: 8 } }}
      getReferencedVirtualElement={() => {
        const table = tableAt(editor);
        return table ? { getBoundingClientRect: () => table.getBoundingClientRect(), contextElement: table } : null;
      }}
      shouldShow={({ editor: now, element, view }) =>
        now.isEditable && now.isActive('table') && (view.hasFocus() || element.contains(document.activeElement))
      }
    >
      <Paper shadow="sm" p={3} withBorder className={styles.paper} role="toolbar" aria-label={t('table.label')}>
        <Group gap={1} wrap="nowrap">
          {GROUPS.map((group, at) => (
            <Group gap={1} wrap="nowrap" key={group[0]?.id}>
              {at > 0 && <Divider orientation="vertical" mx={3} my={4} />}
              {group.map(({ id, icon: Sign, run }) => (
                <Tooltip key={id} label={t(`table.${id}`)}>
                  <ActionIcon
                    size="md"
                    aria-label={t(`table.${id}`)}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => run(editor.chain().focus()).run()}
                  >
                    <Sign size={17} stroke={1.6} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              ))}
            </Group>
          ))}
        </Group>
      </Paper>
    </BubbleMenu>
  );
}
