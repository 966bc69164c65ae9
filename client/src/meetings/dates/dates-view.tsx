import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Stack } from '@mantine/core';
import { IconCalendarQuestion } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { DatesGrid } from './dates-grid.tsx';
import { ProposeDates } from './propose-dates.tsx';

/** Finds a date: several are proposed, everybody says which suit them, one is taken. */
export function DatesView({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { dateOptions, me } = meeting;
  return (
    <Stack gap="2.25rem">
      {dateOptions.length > 0 && (
        <Section title={t('dates.title')} detail={t(me.takesPart ? 'dates.answer' : 'dates.reads')}>
          <DatesGrid meeting={meeting} />
        </Section>
      )}
      {dateOptions.length === 0 && !me.conducts && (
        <EmptyState icon={IconCalendarQuestion} title={t('dates.none')} compact>
          {t('dates.noneDetail')}
        </EmptyState>
      )}
      {me.conducts && <ProposeDates meeting={meeting} />}
    </Stack>
  );
}
