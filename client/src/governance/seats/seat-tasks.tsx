import type { Body, Seat } from '@concert/domain/governance/api.ts';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { MandateDialog } from '../parts/mandate-dialog.tsx';
import type { MandateTask } from '../parts/mandate-task.ts';
import { useMandates, useMandatesChanged } from '../parts/queries.ts';
import { useLast } from '../parts/use-last.ts';
import { SeatDialog } from './seat-dialog.tsx';
import { collegesOf } from './seating.ts';

/** What is being done about a seat. */
export type SeatTask =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly seat: Seat }
  | { readonly kind: 'abolish'; readonly seat: Seat }
  | Extract<MandateTask, { readonly seat: Seat }>
  | { readonly kind: 'mandate'; readonly mandateId: string }
  | { readonly kind: 'end'; readonly mandateId: string; readonly name: string };

type Props = {
  readonly body: Body;
  readonly task: SeatTask | undefined;
  readonly seats: readonly Seat[];
  readonly onClose: () => void;
};

/** The dialogs of a body's seats: one at a time. */
export function SeatTasks({ body, task, seats, onClose }: Props) {
  const mandate = useMandateTask(body, task);
  const shaping = task?.kind === 'add' || task?.kind === 'edit' ? task : undefined;
  const shaped = useLast(shaping);
  return (
    <>
      <SeatDialog
        body={body}
        opened={shaping !== undefined}
        seat={shaped?.kind === 'edit' ? shaped.seat : undefined}
        colleges={collegesOf(seats)}
        onClose={onClose}
      />
      <MandateDialog body={body} task={mandate} onClose={onClose} />
      <EndDialog body={body} task={task} onClose={onClose} />
      <AbolishDialog body={body} task={task} onClose={onClose} />
    </>
  );
}

/** A seat tells who sits there, not by which act and since when: that is looked up when it is to be changed. */
function useMandateTask(body: Body, task: SeatTask | undefined): MandateTask | undefined {
  const wanted = task?.kind === 'mandate' ? task.mandateId : undefined;
  const all = useMandates(body.id, wanted !== undefined);
  const mandate = all.data?.find(({ id }) => id === wanted);
  const change = useMemo(() => mandate && { kind: 'change' as const, mandate }, [mandate]);
  return task?.kind === 'fill' || task?.kind === 'alternate' ? task : change;
}

type DialogProps = Omit<Props, 'seats'>;

function EndDialog({ body, task, onClose }: DialogProps) {
  const t = useText(messages);
  const reread = useMandatesChanged();
  const ending = task?.kind === 'end' ? task : undefined;
  const { mandateId = '', name = '' } = useLast(ending) ?? {};
  const end = useMutation(
    orpc.governance.endMandate.mutationOptions({
      onSuccess: () => {
        sayDone(t('mandate.done', { name }));
        return reread();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={ending !== undefined}
      onClose={onClose}
      title={t('mandate.endTitle', { name })}
      action={t('mandate.end')}
      onConfirm={() => end.mutateAsync({ id: body.id, mandateId })}
    >
      {t('mandate.endDetail')}
    </ConfirmDialog>
  );
}

function AbolishDialog({ body, task, onClose }: DialogProps) {
  const t = useText(messages);
  const reread = useMandatesChanged();
  const abolishing = task?.kind === 'abolish' ? task.seat : undefined;
  const { id: seatId = '', title = '' } = useLast(abolishing) ?? {};
  const abolish = useMutation(
    orpc.governance.removeSeat.mutationOptions({
      onSuccess: () => {
        sayDone(t('seat.abolished', { title }));
        return reread();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={abolishing !== undefined}
      onClose={onClose}
      title={t('seat.abolishTitle', { title })}
      action={t('seat.abolish')}
      onConfirm={() => abolish.mutateAsync({ id: body.id, seatId })}
    >
      {t('seat.abolishDetail')}
    </ConfirmDialog>
  );
}
