import { Alert, Button, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { dayOf } from '../../platform/sharing/ends.ts';
import { messages } from '../messages.ts';

/** Says plainly that what is below is not how things stand today. */
export function OtherDay({ day, onToday }: { day: string; onToday: () => void }) {
  const t = useText(messages);
  const format = useFormat();
  const past = day < dayOf(Date.now());
  return (
    <Alert
      color={past ? 'yellow' : 'lagoon'}
      icon={<IconHistory aria-hidden />}
      role="status"
      title={t(past ? 'seats.then' : 'seats.later', { date: format.date(day) })}
    >
      <Group justify="space-between" gap="sm">
        <span>{t(past ? 'seats.thenDetail' : 'seats.laterDetail')}</span>
        <Button size="xs" variant="default" onClick={onToday}>
          {t('seats.today')}
        </Button>
      </Group>
    </Alert>
  );
}
