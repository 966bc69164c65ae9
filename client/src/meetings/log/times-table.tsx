import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { useText } from '../../platform/i18n.ts';
import { Section } from '../../ui/section.tsx';
import { durationText } from '../logic/duration.ts';
import { comparedTimes, spentSec } from '../logic/spent.ts';
import { messages } from '../messages.ts';
import styles from './log.module.css';

/** Each item with the time that was planned for it and the time that it took. */
export function TimesTable({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { items, plannedSec, actualSec } = comparedTimes(meeting);
  if (items.length === 0) return null;
  return (
    <Section title={t('log.times')}>
      <div className={styles.scroll}>
        <table className={styles.times}>
          <thead>
            <tr>
              <th scope="col">{t('log.item')}</th>
              <th scope="col" className={styles.number}>
                {t('log.planned')}
              </th>
              <th scope="col" className={styles.number}>
                {t('log.actual')}
              </th>
              <th scope="col" className={styles.number}>
                {t('log.difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <ItemLine key={item.id} item={item} now={meeting.now} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('log.total')}</th>
              <td className={styles.number}>{durationText(plannedSec)}</td>
              <td className={styles.number}>{durationText(actualSec)}</td>
              <td className={styles.number}>{differenceText(actualSec - plannedSec)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Section>
  );
}

function ItemLine({ item, now }: { item: AgendaItem; now: string }) {
  const t = useText(messages);
  const { number, title, plannedSec, state } = item;
  const actual = spentSec(item, now);
  const untouched = actual === 0 && state !== 'done';
  const over = !untouched && plannedSec > 0 && actual - plannedSec >= 60;
  return (
    <tr>
      <th scope="row">
        <span className={styles.no}>{number}</span> {title || t('item.hidden')}
        {(state === 'deferred' || state === 'withdrawn') && (
          <span className={styles.state}> · {t(`itemState.${state}`)}</span>
        )}
      </th>
      <td className={styles.number}>{plannedSec > 0 ? durationText(plannedSec) : '–'}</td>
      <td className={styles.number}>{untouched ? '–' : durationText(actual)}</td>
      <td className={styles.number} data-over={over || undefined}>
        {untouched || plannedSec === 0 ? '' : differenceText(actual - plannedSec)}
      </td>
    </tr>
  );
}

/** "+5 min", "−12 min"; under half a minute, a sign that says so. */
const differenceText = (seconds: number): string => {
  if (Math.abs(seconds) < 30) return '=';
  return `${seconds > 0 ? '+' : '−'}${durationText(seconds)}`;
};
