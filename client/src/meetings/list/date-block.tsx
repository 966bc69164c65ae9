import { IconCalendarQuestion } from '@tabler/icons-react';
import { useLocale } from '../../platform/i18n.ts';
import { dateParts } from '../logic/times.ts';
import styles from './date-block.module.css';

type Props = {
  readonly startAt: string | undefined;
  readonly timeZone: string;
  readonly live?: boolean;
  readonly large?: boolean;
};

/** The day of a meeting as a leaf of a calendar; decorative, the date is written out beside it. */
export function DateBlock({ startAt, timeZone, live = false, large = false }: Props) {
  const locale = useLocale();
  const parts = startAt ? dateParts(locale, startAt, timeZone) : undefined;
  return (
    <span className={styles.block} data-live={live || undefined} data-large={large || undefined} aria-hidden>
      {parts ? (
        <>
          <span className={styles.weekday}>{parts.weekday}</span>
          <span className={styles.day}>{parts.day}</span>
          <span className={styles.month}>{parts.month}</span>
        </>
      ) : (
        <IconCalendarQuestion size={large ? 30 : 22} stroke={1.5} />
      )}
    </span>
  );
}
