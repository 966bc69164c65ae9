import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { agendaParts, beforeAfterDrop, beforeAfterStep, withMoved } from '../logic/agenda.ts';
import { messages } from '../messages.ts';
import { useQuickChange } from '../queries.ts';

type Target = { readonly id: string; readonly half: 'upper' | 'lower' };

export const handleId = (itemId: string): string => `agenda-handle-${itemId}`;

const halfOf = ({ currentTarget, clientY }: DragEvent<HTMLElement>): Target['half'] => {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY < top + height / 2 ? 'upper' : 'lower';
};

type Move = { readonly id: string; readonly itemId: string; readonly before: string | null };

/** Puts items into another order: by dragging, by Alt and the arrow keys, by the menu of an item. */
export function useReorder(meeting: Meeting) {
  const t = useText(messages);
  const [dragged, setDragged] = useState<string>();
  const [target, setTarget] = useState<Target>();
  const [said, setSaid] = useState('');
  const refocus = useRef<string>(undefined);
  const change = useQuickChange(
    (move: Move) => client.meetings.changeItem(move),
    ({ agenda }, { itemId, before }) => ({ agenda: withMoved(agenda, itemId, before) }),
  );
  const { listed } = agendaParts(meeting.agenda);
  const order = listed.map(({ id }) => id).join(' ');

  // A row that moves in the page loses the focus; whoever moves it by keys goes on with it.
  useEffect(() => {
    if (!refocus.current || order === '') return;
    document.getElementById(handleId(refocus.current))?.focus();
    refocus.current = undefined;
  }, [order]);

  const move = (itemId: string, before: string | null | undefined): void => {
    if (before === undefined) return;
    const item = listed.find(({ id }) => id === itemId);
    const after = agendaParts(withMoved(meeting.agenda, itemId, before)).listed;
    const place = after.findIndex(({ id }) => id === itemId) + 1;
    setSaid(t('agenda.moved', { title: item?.title ?? '', place, count: after.length }));
    change.mutate({ id: meeting.id, itemId, before });
  };
  const canStep = (itemId: string, step: -1 | 1): boolean =>
    beforeAfterStep(meeting.agenda, itemId, step) !== undefined;
  const step = (itemId: string, by: -1 | 1): void => {
    refocus.current = itemId;
    move(itemId, beforeAfterStep(meeting.agenda, itemId, by));
  };
  const end = () => {
    setDragged(undefined);
    setTarget(undefined);
  };
  return {
    said,
    dragged,
    target,
    canStep,
    step,
    onKeyDown: (itemId: string) => (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      const by = event.key === 'ArrowUp' ? -1 : 1;
      if (canStep(itemId, by)) step(itemId, by);
    },
    /** Of the handle by which a row is dragged. */
    handle: (itemId: string) => ({
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', itemId);
        const row = event.currentTarget.closest('li');
        if (row) event.dataTransfer.setDragImage(row, 16, 16);
        setDragged(itemId);
      },
      onDragEnd: end,
    }),
    /** Of a row onto which another is dropped. */
    row: (itemId: string) => ({
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (dragged === undefined) return;
        event.preventDefault();
        const half = halfOf(event);
        if (target?.id !== itemId || target.half !== half) setTarget({ id: itemId, half });
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        if (dragged === undefined) return;
        event.preventDefault();
        move(dragged, beforeAfterDrop(meeting.agenda, dragged, { id: itemId, half: halfOf(event) }));
        end();
      },
    }),
  };
}
export type Reorder = ReturnType<typeof useReorder>;
