import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useText } from '../../../platform/i18n.ts';
import { common } from '../../../platform/messages.ts';
import { client } from '../../../platform/query.ts';
import { usePollChange } from '../queries.ts';
import { useSay } from '../say.ts';

/** Annuls a poll with a reason that stays with it, and repeats it where that is wanted. */
export function AnnulDialog({ poll }: { poll: Poll }) {
  const t = useSay();
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [repeat, setRepeat] = useState(true);
  const annul = usePollChange(client.polls.annul);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim()) annul.mutate({ id: poll.id, reason: reason.trim(), repeat }, { onSuccess: close });
  };
  return (
    <>
      <Button variant="subtle" color="gray" px="sm" ms={poll.state === 'published' ? -12 : 0} onClick={open}>
        {t('poll.annul')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('poll.annulTitle')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">{t('poll.annulDetail')}</Text>
            <Textarea
              data-autofocus
              required
              label={t('poll.annulReason')}
              autosize
              minRows={2}
              maxLength={1_000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Checkbox
              label={t('poll.annulRepeat')}
              checked={repeat}
              onChange={(event) => setRepeat(event.currentTarget.checked)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {say('cancel')}
              </Button>
              <Button type="submit" color="red" loading={annul.isPending} disabled={!reason.trim()}>
                {t('poll.annul')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
