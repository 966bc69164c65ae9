import type { Decision } from '@concert/domain/decisions/api.ts';
import { Modal } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';

type Props = { readonly decision: Decision; readonly opened: boolean; readonly onClose: () => void };

/** Annuls a decision with the reason that stays beside it. */
export function AnnulDialog({ decision: { id }, opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const annul = useChange(client.decisions.annul, true);
  const submit = (reason: string) =>
    annul.mutate(
      { id, reason },
      {
        onSuccess: () => {
          sayDone(t('annul.done'));
          onClose();
        },
      },
    );
  return (
    <Modal opened={opened} onClose={onClose} title={t('annul.title')} closeButtonProps={{ 'aria-label': say('close') }}>
      <ReasonForm
        label={t('annul.reason')}
        required
        submit={t('annul')}
        danger
        busy={annul.isPending}
        error={annul.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        {t('annul.detail')}
      </ReasonForm>
    </Modal>
  );
}
