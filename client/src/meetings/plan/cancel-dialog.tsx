import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Modal } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';

type Props = {
  readonly meeting: Meeting;
  /** Undefined: closed. */
  readonly how: 'cancelled' | 'postponed' | undefined;
  readonly onClose: () => void;
};

/** Cancels a meeting that was convened, or puts it off until it has another date; everybody is told why. */
export function CancelDialog({ meeting, how, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const cancel = useChange(client.meetings.cancel, { inPlace: true });
  const shown = how ?? 'cancelled';
  const close = () => {
    cancel.reset();
    onClose();
  };
  const submit = (reason: string) =>
    cancel.mutate(
      { id: meeting.id, how: shown, reason },
      {
        onSuccess: () => {
          sayDone(t(`cancel.done.${shown}`));
          close();
        },
      },
    );
  return (
    <Modal
      opened={how !== undefined}
      onClose={close}
      title={t(`cancel.title.${shown}`)}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <ReasonForm
        label={t('cancel.reason')}
        help={t('cancel.reasonHelp')}
        required
        submit={t(`cancel.do.${shown}`)}
        danger={shown === 'cancelled'}
        busy={cancel.isPending}
        error={cancel.error}
        onSubmit={submit}
        onCancel={close}
      >
        {t(`cancel.detail.${shown}`)}
      </ReasonForm>
    </Modal>
  );
}
