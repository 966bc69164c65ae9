import type { Poll, PollResult } from '@concert/domain/meetings/polls-api.ts';
import { Badge, Text } from '@mantine/core';
import { useFormat } from '../../../platform/format.ts';
import { useSay } from '../say.ts';
import { countOf, motionBar, optionBars } from './bars.ts';
import { countLabel } from './labels.ts';
import { asVotes } from './numbers.ts';
import styles from './poll.module.css';

type Unit = 'heads' | 'weight';
type Lines = PollResult['lines'];

/** A count in the unit that is shown: heads as they are, weights in votes. */
export function useCount(unit: Unit): (line: { readonly heads: number; readonly weight: number }) => string {
  const format = useFormat();
  return (line) => format.number(unit === 'heads' ? countOf(line, unit) : asVotes(countOf(line, unit)));
}

/** For, neither, against: one bar with its numbers in words below. */
export function MotionBar({ lines, poll, unit }: { lines: Lines; poll: Poll; unit: Unit }) {
  const t = useSay();
  const count = useCount(unit);
  const bar = motionBar(lines, unit);
  return (
    <div>
      {bar.length > 0 && (
        <div className={styles.bar} aria-hidden>
          {bar.map(({ key, tone, percent }) => (
            <span key={key} data-tone={tone} style={{ inlineSize: `${percent}%` }} />
          ))}
        </div>
      )}
      <dl className={styles.counts}>
        {lines.map((line) => (
          <div key={line.key} data-key={line.key}>
            <dt>{countLabel(poll, line.key, t)}</dt>
            <dd>{count(line)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** One bar for each option, the most chosen first; of points, their sums. */
export function OptionBars({ result, poll, unit }: { result: PollResult; poll: Poll; unit: Unit }) {
  const t = useSay();
  const count = useCount(unit);
  const caption = t(
    poll.method === 'ranked' ? 'poll.bars.first' : `poll.bars.${poll.method === 'choose' ? 'votes' : 'points'}`,
  );
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {caption}
      </Text>
      <ul className={styles.options}>
        {optionBars(result.lines, unit).map((line) => (
          <li key={line.key}>
            <span className={styles.optionHead}>
              <span className={styles.optionName}>
                {countLabel(poll, line.key, t)}
                {result.elected.includes(line.key) && (
                  <Badge radius="sm" size="sm" variant="light">
                    {t('poll.elected')}
                  </Badge>
                )}
                {result.tied.includes(line.key) && (
                  <Badge radius="sm" size="sm" variant="light" color="yellow">
                    {t('poll.tied')}
                  </Badge>
                )}
              </span>
              <span className={styles.numbers}>{count(line)}</span>
            </span>
            <span className={styles.track} aria-hidden>
              <span style={{ inlineSize: `${line.percent}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
