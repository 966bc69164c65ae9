import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { answersOf } from '../logic/people.ts';
import { messages } from '../messages.ts';
import styles from './people.module.css';

/** How many come, how many are excused, how many have not answered; and whether that makes a quorum. */
export function Counts({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const counts = answersOf(meeting.attendees);
  const draft = meeting.state === 'draft';
  return (
    <section className={styles.counts} aria-label={t('counts')}>
      <dl className={styles.numbers}>
        {(['called', 'accepted', 'excused', 'waiting'] as const)
          .filter((key) => !draft || key === 'called')
          .map((key) => (
            <div key={key} className={styles.number}>
              <dt>{t(`counts.${key}`)}</dt>
              <dd>{counts[key]}</dd>
            </div>
          ))}
      </dl>
      <Quorum meeting={meeting} />
    </section>
  );
}

/** Weights are kept in thousandths of a vote. */
const THOUSANDTHS = 1_000;

function Quorum({ meeting: { quorum, state } }: { meeting: Meeting }) {
  const t = useText(messages);
  const format = useFormat();
  if (!quorum.asked)
    return (
      <Text size="sm" c="dimmed" className={styles.quorum}>
        {t(quorum.secondCall ? 'quorum.secondCall' : 'quorum.none')}
      </Text>
    );
  const said = (value: number) =>
    quorum.unit === 'weight' ? format.number(value / THOUSANDTHS, { maximumFractionDigits: 3 }) : format.number(value);
  const values = { needed: said(quorum.needed), present: said(quorum.present), of: said(quorum.of) };
  const before = state === 'draft' || state === 'convened' || state === 'frozen' || state === 'postponed';
  const Sign = quorum.reached ? IconCircleCheck : IconCircleDashed;
  const share = (value: number) => `${quorum.of > 0 ? Math.min(100, (value / quorum.of) * 100) : 0}%`;
  return (
    <div className={styles.quorum} data-reached={quorum.reached || undefined}>
      <span className={styles.verdict}>
        <Sign size={17} stroke={1.8} aria-hidden />
        {t(quorumKey(before, quorum.reached))}
      </span>
      <span className={styles.meter} aria-hidden>
        <span className={styles.filled} style={{ width: share(quorum.present) }} />
        <span className={styles.needed} style={{ insetInlineStart: share(quorum.needed) }} />
      </span>
      <Text size="xs" c="dimmed">
        {t(`quorum.numbers.${quorum.unit}.${before ? 'before' : 'now'}`, values)}
      </Text>
    </div>
  );
}

const quorumKey = (before: boolean, reached: boolean) => {
  if (before) return reached ? 'quorum.expected' : 'quorum.notExpected';
  return reached ? 'quorum.reached' : 'quorum.notReached';
};
