import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconMailForward } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';

/** Between two mails to the same address, in seconds: enough for the first to arrive. */
const PAUSE_S = 30;

type Props = {
  readonly detail: string;
  readonly onAgain: () => Promise<unknown>;
  readonly onOther: () => void;
};

/** What to do after a mail was sent: look for it, have it sent again, or begin anew with another address. */
export function Mailbox({ detail, onAgain, onOther }: Props) {
  const t = useText(messages);
  const boot = useQuery(orpc.accounts.boot.queryOptions({ input: {} }));
  const [pause, setPause] = useState(PAUSE_S);
  const { start, stop } = useInterval(() => setPause((left) => Math.max(0, left - 1)), 1000);
  const again = useMutation({ mutationFn: onAgain, onSuccess: () => setPause(PAUSE_S) });

  useEffect(() => {
    start();
    return stop;
  }, [start, stop]);

  return (
    <Stack gap="md" mt="lg" align="flex-start">
      <Text>{detail}</Text>
      <Text size="sm" c="dimmed">
        {boot.data?.demo ? t('mailbox.demo') : t('mailbox.hints')}
      </Text>
      <Button
        variant="default"
        leftSection={<IconMailForward size={17} stroke={1.7} aria-hidden />}
        disabled={pause > 0}
        loading={again.isPending}
        onClick={() => again.mutate()}
      >
        {pause > 0 ? t('mailbox.wait', { seconds: pause }) : t('mailbox.again')}
      </Button>
      {again.isSuccess && (
        <Alert w="100%" role="status">
          {t('mailbox.sent')}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t('mailbox.other')}{' '}
        <Anchor component="button" type="button" underline="always" onClick={onOther}>
          {t('mailbox.back')}
        </Anchor>
      </Text>
    </Stack>
  );
}
