import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useLocale, useText } from '../../platform/i18n.ts';
import { timeText } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { AttendanceLog } from './attendance-log.tsx';
import { TimesTable } from './times-table.tsx';

/** How a meeting went: its hours, its items against the plan, who came and left. */
export function LogView({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  const { id, openedAt, endedAt, timeZone } = meeting;
  const at = (instant: string) => timeText(locale, instant, timeZone);
  return (
    <Stack gap="2.25rem">
      <Text size="sm" c="dimmed">
        {openedAt && t('log.opened', { time: at(openedAt) })}{' '}
        {endedAt ? t('log.ended', { time: at(endedAt) }) : t('log.goesOn')}{' '}
        <Anchor component={Link} to={`/meetings/${id}/sitting`} size="sm" underline="always">
          {t('log.sitting')}
        </Anchor>
      </Text>
      <TimesTable meeting={meeting} />
      <AttendanceLog meeting={meeting} />
    </Stack>
  );
}
