import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Text } from '@mantine/core';
import { IconDoorEnter, IconDoorExit, IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { timeText } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { useNames } from '../use-names.ts';
import styles from './log.module.css';

const SIGN = { in: IconDoorEnter, remote: IconVideo, out: IconDoorExit } as const;

/** Who came and left, and when: it is only ever added to. */
export function AttendanceLog({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  const { nameOf, itemOf } = useNames(meeting);
  const log = useQuery(orpc.meetings.attendance.queryOptions({ input: { id: meeting.id } }));
  return (
    <Section title={t('log.attendance')}>
      {log.isPending && <ListSkeleton count={4} />}
      {log.isError && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
      {log.data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('log.nobody')}
        </Text>
      )}
      <ol className={styles.log}>
        {(log.data?.items ?? []).map(({ id, personId, what, at, by, itemId, source }) => {
          const Sign = SIGN[what];
          return (
            <li key={id} className={styles.event}>
              <time dateTime={at} className={styles.at}>
                {timeText(locale, at, meeting.timeZone)}
              </time>
              <Sign size={16} stroke={1.6} aria-hidden />
              <span>
                {t(`log.${what}`, { name: nameOf(personId) })}
                <Text span size="xs" c="dimmed">
                  {source && ` · ${t('log.byRoom')}`}
                  {by !== personId && ` · ${t('log.by', { name: nameOf(by) })}`}
                  {itemId && ` · ${itemOf(itemId)}`}
                </Text>
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
