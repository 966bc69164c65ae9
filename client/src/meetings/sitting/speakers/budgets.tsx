import { Text } from '@mantine/core';
import { durationText, elapsedText } from '../clock/clock-text.ts';
import { useTimed } from '../clock/ticker.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { budgetsOf } from './floor.ts';
import styles from './speakers.module.css';

/** How much of its time each college has spoken on the item that is open. */
export function Budgets() {
  const t = useSay();
  const { meeting } = useSitting();
  const seconds = meeting.rules.collegeSeconds;
  const colleges = [...new Set(meeting.attendees.flatMap(({ college }) => college ?? []))];
  if (seconds === 0 || colleges.length === 0) return null;
  return (
    <section aria-label={t('sitting.budgets')}>
      <Text size="xs" c="dimmed" fw={580} mb={4}>
        {t('sitting.budgets')} · {durationText(seconds)}
      </Text>
      <ul className={styles.budgets}>
        {colleges.map((college) => (
          <BudgetLine key={college} college={college} seconds={seconds} />
        ))}
      </ul>
    </section>
  );
}

function BudgetLine({ college, seconds }: { college: string; seconds: number }) {
  const { meeting, current } = useSitting();
  const spent = (now: number) => budgetsOf(meeting.speakers, current?.id, [college], now)[0]?.spentMs ?? 0;
  const text = useTimed((now) => elapsedText(spent(now)));
  const part = useTimed((now) => Math.min(100, Math.round(spent(now) / seconds / 10)));
  const over = useTimed((now) => spent(now) > seconds * 1_000);
  return (
    <li data-over={over || undefined}>
      <span className={styles.college}>{college}</span>
      <span className={styles.time}>{text}</span>
      <span className={styles.track} aria-hidden>
        <span style={{ inlineSize: `${part}%` }} />
      </span>
    </li>
  );
}
