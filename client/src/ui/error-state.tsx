import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { useProblemText } from '../platform/problem-text.ts';

type Props = { readonly error: unknown; readonly onRetry?: () => void; readonly title?: string };

/** Stands where something could not be read: what happened, and the way to try again. */
export function ErrorState({ error, onRetry, title }: Props) {
  const t = useText(common);
  const explain = useProblemText();
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={title ?? t('error.title')}>
      <Text size="sm">{explain(error)}</Text>
      {onRetry && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
