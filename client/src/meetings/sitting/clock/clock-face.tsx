import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { VisuallyHidden } from '@mantine/core';
import { useLocale } from '../../../platform/i18n.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './clock.module.css';
import { countdownText, elapsedText, remainingOf, spentOf, timeText, toneOf } from './clock-text.ts';
import { useTimed } from './ticker.ts';

type Clock = NonNullable<AgendaItem['clock']>;

/** What is left of an item; how long it has taken where no clock was set. */
export function ItemClock({ item }: { item: AgendaItem }) {
  return item.clock ? <Countdown clock={item.clock} /> : <SpentClock item={item} />;
}

function Countdown({ clock }: { clock: Clock }) {
  const t = useSay();
  const text = useTimed((now) => countdownText(remainingOf(clock, now)));
  const tone = useTimed((now) => toneOf(remainingOf(clock, now)));
  const stopped = 'remainingMs' in clock;
  return (
    <div className={styles.face} data-tone={tone} data-stopped={stopped || undefined}>
      <span role="timer" className={styles.digits} aria-label={t('sitting.clock.left')}>
        {text}
      </span>
      <span className={styles.caption}>
        {t(tone === 'over' ? 'sitting.clock.over' : stopped ? 'sitting.clock.stopped' : 'sitting.clock.left')}
      </span>
    </div>
  );
}

function SpentClock({ item }: { item: AgendaItem }) {
  const t = useSay();
  const text = useTimed((now) => elapsedText(spentOf(item, now)));
  if (!item.startedAt) return null;
  return (
    <div className={styles.face} data-tone="calm">
      <span role="timer" className={styles.digits} aria-label={t('sitting.clock.spent')}>
        {text}
      </span>
      <span className={styles.caption}>{t('sitting.clock.spent')}</span>
    </div>
  );
}

/** The time of day where the meeting is held, by the server's clock. */
export function TimeNow({ className }: { className?: string }) {
  const t = useSay();
  const locale = useLocale();
  const { timeZone } = useSitting().meeting;
  const text = useTimed((now) => timeText(locale, now, timeZone));
  return (
    <span className={className}>
      <VisuallyHidden>{t('sitting.timeNow')} </VisuallyHidden>
      {text}
    </span>
  );
}

/** What is left until an instant: of a poll that closes by itself. */
export function TimeLeft({ until }: { until: string }) {
  const text = useTimed((now) => countdownText(Math.max(0, Date.parse(until) - now)));
  return (
    <span role="timer" className={styles.small}>
      {text}
    </span>
  );
}
