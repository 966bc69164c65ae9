import type { Decision } from '@concert/domain/decisions/api.ts';
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';

type Props = { readonly decision: Decision; readonly opened: boolean; readonly onClose: () => void };

/** Annuls a decision with the reason that stays beside it. */
export function AnnulDialog({ decision: { id }, opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const [reason, setReason] = useState('');
  const annul = useChange(client.decisions.annul, true);
  const submit = () =>
    annul.mutate(
      { id, reason: reason.trim() },
      {
        onSuccess: () => {
          sayDone(t('annul.done'));
          onClose();
        },
      },
    );
  return (
    <Modal opened={opened} onClose={onClose} title={t('annul.title')} closeButtonProps={{ 'aria-label': say('close') }}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') submit();
        }}
      >
        <Text size="sm">{t('annul.detail')}</Text>
        <Textarea
          label={t('annul.reason')}
          required
          data-autofocus
          autosize
          minRows={2}
          maxRows={8}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {annul.error && (
          <Alert color="red" variant="light" role="alert">
            {explain(annul.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" color="red" disabled={reason.trim() === ''} loading={annul.isPending}>
            {t('annul')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
