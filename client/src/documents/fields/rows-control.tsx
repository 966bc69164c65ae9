import type { Field } from '@concert/domain/fields/types.ts';
import { ActionIcon, Button, Group, Input, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  addRow,
  moveRow,
  type RowEntry,
  removeRow,
  restoreRow,
  useRows,
} from '../../platform/editor/fields-binding.ts';
import { useText } from '../../platform/i18n.ts';
import { offerUndo } from '../../ui/undo.tsx';
import { messages } from '../messages.ts';
import { useFields } from './context.tsx';
import { FieldControl } from './field-control.tsx';
import { focusField, useControlProps } from './frame.tsx';
import { rowLabel } from './ref-controls.tsx';
import styles from './rows-control.module.css';
import { type ControlOf, isScale } from './scalar-controls.tsx';

/** Repeated rows: each a card whose fields stand in a line where there is room for it. */
export function RowsControl({ field, map, path }: ControlOf<'rows'>) {
  const { label, description, error, withAsterisk, readOnly } = useControlProps(field, path);
  const t = useText(messages);
  const { room } = useFields();
  const rows = useRows(map, field.id);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<number>();
  const added = useRef<string>(undefined);
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once the new row is drawn, the caret goes to its first field
  useEffect(() => {
    const first = field.columns[0];
    if (!added.current || !first) return;
    focusField(`${path}.${added.current}.${first.id}`);
    added.current = undefined;
  }, [rows]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that moved or went takes the focus with it otherwise
  useEffect(() => {
    if (wanted.current === undefined) return;
    const root = list.current?.parentElement;
    const button =
      root?.querySelector<HTMLElement>(`[data-row-action="${wanted.current}"]`) ??
      root?.querySelector<HTMLElement>(`[data-add-row="${path}"]`);
    wanted.current = undefined;
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest' });
  }, [rows]);

  const move = (id: string, from: number, to: number) => {
    if (to < 0 || to >= rows.length) return;
    wanted.current = `${to < from ? 'up' : 'down'} ${id}`;
    moveRow(map, field.id, id, to);
  };
  const add = () => {
    // A row is one step of undo, apart from what was typed just before.
    room.undo.stopCapturing();
    added.current = addRow(map, field.id, field.columns);
  };
  const remove = ({ id, row }: RowEntry) => {
    room.undo.stopCapturing();
    const name = rowLabel(row, field.columns);
    const kept = row.clone();
    const at = rows.findIndex((entry) => entry.id === id);
    wanted.current = `remove ${(rows[at + 1] ?? rows[at - 1])?.id}`;
    removeRow(map, field.id, id);
    room.undo.stopCapturing();
    offerUndo(name ? t('rows.removedNamed', { name: name.slice(0, 60) }) : t('rows.removed'), () =>
      restoreRow(map, field.id, id, kept),
    );
  };
  const drop = (at: number) => {
    if (dragged) moveRow(map, field.id, dragged, at);
    setDragged(undefined);
    setOver(undefined);
  };

  return (
    <Input.Wrapper label={label} description={description} error={error} withAsterisk={withAsterisk} labelElement="div">
      <ol ref={list} className={styles.rows} aria-label={label}>
        {rows.map((entry, at) => (
          <RowCard
            key={entry.id}
            entry={entry}
            at={at}
            count={rows.length}
            columns={field.columns}
            path={`${path}.${entry.id}`}
            readOnly={readOnly}
            over={over === at && dragged !== entry.id}
            onMove={(to) => move(entry.id, at, to)}
            onRemove={() => remove(entry)}
            onDragStart={() => setDragged(entry.id)}
            onDragOver={() => dragged && setOver(at)}
            onDrop={() => drop(at)}
            onDragEnd={() => drop(-1)}
          />
        ))}
      </ol>
      {rows.length === 0 && readOnly && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('rows.none')}
        </Text>
      )}
      {!readOnly && (
        <div>
          <Button
            variant="light"
            size="compact-sm"
            mt={6}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={add}
            data-add-row={path}
          >
            {t('rows.add')}
            <VisuallyHidden> ({label})</VisuallyHidden>
          </Button>
        </div>
      )}
    </Input.Wrapper>
  );
}

type CardProps = {
  readonly entry: RowEntry;
  readonly at: number;
  readonly count: number;
  readonly columns: readonly Field[];
  readonly path: string;
  readonly readOnly: boolean;
  readonly over: boolean;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly onDragStart: () => void;
  readonly onDragOver: () => void;
  readonly onDrop: () => void;
  readonly onDragEnd: () => void;
};

function RowCard({ entry, at, count, columns, path, readOnly, over, onMove, onRemove, ...drag }: CardProps) {
  const t = useText(messages);
  const number = at + 1;
  const accept = (event: DragEvent) => {
    event.preventDefault();
    drag.onDragOver();
  };
  return (
    <li
      className={styles.row}
      data-over={over || undefined}
      onDragOver={accept}
      onDrop={drag.onDrop}
      aria-label={t('rows.row', { number })}
    >
      <Group className={styles.head} gap={2} wrap="nowrap">
        {!readOnly && (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way; the buttons beside it are the other
          <span
            className={styles.grip}
            role="presentation"
            draggable
            title={t('rows.drag')}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', '');
              drag.onDragStart();
            }}
            onDragEnd={drag.onDragEnd}
          >
            <IconGripVertical size={15} aria-hidden />
          </span>
        )}
        <Text size="xs" c="dimmed" fw={560} flex={1}>
          {number}
        </Text>
        {!readOnly && (
          <>
            <RowAction
              id={`up ${entry.id}`}
              label={t('rows.up', { number })}
              disabled={at === 0}
              run={() => onMove(at - 1)}
            >
              <IconArrowUp size={15} aria-hidden />
            </RowAction>
            <RowAction
              id={`down ${entry.id}`}
              label={t('rows.down', { number })}
              disabled={at === count - 1}
              run={() => onMove(at + 1)}
            >
              <IconArrowDown size={15} aria-hidden />
            </RowAction>
            <RowAction id={`remove ${entry.id}`} label={t('rows.remove', { number })} run={onRemove}>
              <IconTrash size={15} aria-hidden />
            </RowAction>
          </>
        )}
      </Group>
      <div className={styles.cells}>
        {columns.map((column) => (
          <div key={column.id} className={styles.cell} data-size={sizeOf(column)}>
            <FieldControl field={column} map={entry.row} path={`${path}.${column.id}`} />
          </div>
        ))}
      </div>
    </li>
  );
}

const WHOLE: readonly Field['type'][] = ['long-text', 'rows', 'row-refs', 'codes'];
const WIDE: readonly Field['type'][] = ['money', 'money-range'];
const LONG: readonly Field['type'][] = ['quantity', 'organisation', 'person', 'choice'];
/** A text that may be longer than this is a sentence rather than a word. */
const WORD = 100;

/** How much of a line a cell asks for. */
function sizeOf(field: Field): 'short' | 'long' | 'wide' | 'whole' | undefined {
  if (WHOLE.includes(field.type)) return 'whole';
  if (field.type === 'text' && (field.maxLength ?? Number.POSITIVE_INFINITY) > WORD) return 'whole';
  if (WIDE.includes(field.type)) return 'wide';
  if (LONG.includes(field.type)) return 'long';
  return field.type === 'integer' && !isScale(field) ? 'short' : undefined;
}

type ActionProps = {
  /** Names the button for the focus to come back to. */
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
};

/** Not disabled for good at either end: a button that has the focus keeps it when its row arrives there. */
function RowAction({ id, label, run, disabled = false, children }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="sm"
        aria-label={label}
        aria-disabled={disabled || undefined}
        data-disabled={disabled || undefined}
        data-row-action={id}
        onClick={disabled ? undefined : run}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
