import { ActionIcon, Divider, Tooltip } from '@mantine/core';
import {
  type Icon,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconKeyboard,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconPhoto,
  IconTable,
} from '@tabler/icons-react';
import type { ChainedCommands } from '@tiptap/core';
import { type Editor, useEditorState } from '@tiptap/react';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { useText } from '../i18n.ts';
import { actOnLine, lineAt } from './lines.ts';
import { MarkButtons } from './marks.tsx';
import { editorMessages } from './messages.ts';
import { type LineAction, useRecordSource } from './record-source.ts';
import { keysOf } from './shortcut-keys.ts';
import styles from './toolbar.module.css';
import { TurnMenu } from './turn-menu.tsx';

type Props = {
  readonly editor: Editor;
  readonly undo: Y.UndoManager;
  readonly onImage: () => void;
  readonly onLink: () => void;
  readonly onHelp: () => void;
  readonly end?: ReactNode;
};

const LISTS = [
  { id: 'bullets', icon: IconList, active: 'bulletList', run: (chain: ChainedCommands) => chain.toggleBulletList() },
  {
    id: 'numbers',
    icon: IconListNumbers,
    active: 'orderedList',
    run: (chain: ChainedCommands) => chain.toggleOrderedList(),
  },
  { id: 'tasks', icon: IconListCheck, active: 'taskList', run: (chain: ChainedCommands) => chain.toggleTaskList() },
] as const;

/** Whether there is something of one's own to undo or redo, in the text or in the fields. */
function useUndoState(undo: Y.UndoManager): { canUndo: boolean; canRedo: boolean } {
  const subscribe = useCallback(
    (changed: () => void) => {
      undo.on('stack-item-added', changed);
      undo.on('stack-item-popped', changed);
      undo.on('stack-cleared', changed);
      return () => {
        undo.off('stack-item-added', changed);
        undo.off('stack-item-popped', changed);
        undo.off('stack-cleared', changed);
      };
    },
    [undo],
  );
  const bits = useSyncExternalStore(subscribe, () => (undo.canUndo() ? 1 : 0) + (undo.canRedo() ? 2 : 0));
  return { canUndo: (bits & 1) === 1, canRedo: (bits & 2) === 2 };
}

/** The formatting that is always at hand, on a phone too. */
export function Toolbar({ editor, undo, onImage, onLink, onHelp, end }: Props) {
  const t = useText(editorMessages);
  const { canUndo, canRedo } = useUndoState(undo);
  const lineAction = useRecordSource()?.lineAction;
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      [...LISTS.map(({ active: name }) => name), 'link'].filter((name) => now.isActive(name)).join(' '),
  });
  const on = new Set(active.split(' '));
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('toolbar.label')}>
      <Tool
        label={`${t('toolbar.undo')} (${keysOf('Mod+Z')})`}
        icon={IconArrowBackUp}
        disabled={!canUndo}
        run={() => undo.undo()}
      />
      <Tool
        label={`${t('toolbar.redo')} (${keysOf('Mod+Shift+Z')})`}
        icon={IconArrowForwardUp}
        disabled={!canRedo}
        run={() => undo.redo()}
      />
      <Divider orientation="vertical" my={7} mx={4} />
      {lineAction && <LineTool editor={editor} action={lineAction} />}
      <TurnMenu editor={editor} />
      <Divider orientation="vertical" my={7} mx={4} />
      <MarkButtons editor={editor} />
      <Tool label={t('mark.link')} icon={IconLink} on={on.has('link')} run={onLink} />
      <Divider orientation="vertical" my={7} mx={4} />
      {LISTS.map(({ id, icon, active: name, run }) => (
        <Tool
          key={id}
          label={t(`block.${id}`)}
          icon={icon}
          on={on.has(name)}
          run={() => run(editor.chain().focus()).run()}
        />
      ))}
      <Tool
        label={t('toolbar.table')}
        icon={IconTable}
        run={() => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
      />
      <Tool label={t('toolbar.image')} icon={IconPhoto} run={onImage} />
      <span className={styles.gap} />
      {end}
      <Tool label={`${t('toolbar.help')} (${keysOf('Mod+/')})`} icon={IconKeyboard} run={onHelp} />
    </div>
  );
}

/** What the line of the caret can become. */
function LineTool({ editor, action }: { editor: Editor; action: LineAction }) {
  const isLine = useEditorState({
    editor,
    selector: ({ editor: now }) => lineAt(now.state.doc, now.state.selection.from) !== undefined,
  });
  return (
    <>
      <Tool
        label={`${action.label} (${keysOf(action.shortcut)})`}
        icon={action.icon}
        disabled={!isLine}
        run={() => actOnLine(editor, action)}
      />
      <Divider orientation="vertical" my={7} mx={4} />
    </>
  );
}

type ToolProps = {
  readonly label: string;
  readonly icon: Icon;
  readonly run: () => void;
  readonly on?: boolean;
  readonly disabled?: boolean;
};

function Tool({ label, icon: Sign, run, on, disabled = false }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="md"
        variant={on ? 'light' : 'subtle'}
        color={on ? 'lagoon' : 'gray'}
        aria-label={label}
        aria-pressed={on}
        disabled={disabled}
        onMouseDown={(event) => event.preventDefault()}
        onClick={run}
        style={{ flex: 'none' }}
      >
        <Sign size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
