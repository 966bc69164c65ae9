import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { useText } from '../../platform/i18n.ts';
import { totalsOf } from '../logic/agenda.ts';
import { durationText } from '../logic/duration.ts';
import { messages } from '../messages.ts';
import styles from './time-totals.module.css';

/** How much of the time of the meeting its items take. */
export function TimeTotals({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { plannedSec, lengthSec, leftSec } = totalsOf(meeting);
  // A procedure in writing takes days, and its items no time of anybody's.
  if (plannedSec === 0 || meeting.mode === 'written') return null;
  const planned = durationText(plannedSec);
  if (lengthSec === undefined || leftSec === undefined)
    return <p className={styles.totals}>{t('totals.planned', { planned })}</p>;
  const over = leftSec < 0;
  const part = Math.min(100, (plannedSec / lengthSec) * 100);
  const values = { planned, length: durationText(lengthSec), time: durationText(leftSec) };
  const rest = leftSec === 0 ? 'totals.full' : over ? 'totals.over' : 'totals.left';
  return (
    <div className={styles.totals} data-over={over || undefined}>
      <span className={styles.bar} aria-hidden>
        <span className={styles.filled} style={{ width: `${part}%` }} />
      </span>
      <span>{t(rest, values)}</span>
    </div>
  );
}
