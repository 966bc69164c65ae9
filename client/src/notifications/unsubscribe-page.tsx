import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { useLinkSecret } from '../platform/link-secret.ts';
import { useProblemText } from '../platform/problem-text.ts';
import { client } from '../platform/query.ts';
import { Front } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';

/** `/unsubscribe#secret`: stops letters. Opening it does nothing: mail programs open links by themselves. */
export function Page() {
  const t = useText(messages);
  const explain = useProblemText();
  const token = useLinkSecret();
  const stop = useMutation({
    mutationFn: (secret: string) => client.notifications.unsubscribe({ stopKey: secret }),
    meta: { saidInPlace: true },
  });
  if (!token)
    return (
      <Front title={t('unsubscribe.missing')} detail={t('unsubscribe.missingDetail')}>
        <Anchor component={Link} to="/settings/notifications">
          {t('unsubscribe.settings')}
        </Anchor>
      </Front>
    );
  if (stop.isSuccess)
    return (
      <Front title={t('unsubscribe.done')} detail={t('unsubscribe.doneDetail')}>
        <Stack gap="xs" mt="md">
          {stop.data.stopped.map((kind) => (
            <Text key={kind} size="sm">
              {t(`mail.${kind}`)}
            </Text>
          ))}
          <Anchor component={Link} to="/settings/notifications" mt="sm">
            {t('unsubscribe.settings')}
          </Anchor>
        </Stack>
      </Front>
    );
  return (
    <Front title={t('unsubscribe.title')} detail={t('unsubscribe.detail')}>
      <Stack gap="md" mt="lg">
        {stop.isError && (
          <Alert color="red" role="alert" title={t('unsubscribe.failed')}>
            {explain(stop.error)}
          </Alert>
        )}
        <Button size="md" loading={stop.isPending} onClick={() => stop.mutate(token)}>
          {t('unsubscribe.submit')}
        </Button>
      </Stack>
    </Front>
  );
}
