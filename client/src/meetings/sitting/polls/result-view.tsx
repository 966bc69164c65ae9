import type { Poll, PollResult } from '@concert/domain/meetings/polls-api.ts';
import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconScale, IconX } from '@tabler/icons-react';
import { useFormat } from '../../../platform/format.ts';
import { useLocale } from '../../../platform/i18n.ts';
import { useSay } from '../say.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { isMotion, unitShown } from './bars.ts';
import { NamedBallots } from './named-ballots.tsx';
import { asVotes } from './numbers.ts';
import styles from './poll.module.css';
import { MotionBar, OptionBars } from './result-bars.tsx';
import { CollegeTable, StageTable } from './result-tables.tsx';

type Props = { readonly poll: Poll; readonly result: PollResult };

const SIGNS = {
  adopted: IconCheck,
  elected: IconCheck,
  rejected: IconX,
  tie: IconScale,
  runoff: IconScale,
  'no-quorum': IconAlertTriangle,
  'no-verdict': IconMinus,
} as const;

/** What a poll has come to: the verdict and why, the numbers, and how they came about. */
export function ResultView({ poll, result }: Props) {
  const t = useSay();
  const unit = unitShown(poll);
  return (
    <div className={styles.result}>
      <Verdict poll={poll} result={result} />
      {isMotion(poll) ? (
        <MotionBar lines={result.lines} poll={poll} unit={unit} />
      ) : (
        <OptionBars result={result} poll={poll} unit={unit} />
      )}
      <CastLine poll={poll} result={result} />
      {tellsNothing(poll, result) && <Text size="sm">{t('poll.tooFew')}</Text>}
      {result.objections.length > 0 && (
        <section aria-label={t('poll.objections')}>
          <Text size="xs" c="dimmed" fw={580} mb={4}>
            {t('poll.objections')}
          </Text>
          <ul className={styles.objections}>
            {result.objections.map((reason, index) => (
              // Reasons have no ids, in a secret poll on purpose, and are never put in another order.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index}>{reason}</li>
            ))}
          </ul>
        </section>
      )}
      <CollegeTable poll={poll} result={result} unit={unit} />
      <StageTable poll={poll} result={result} />
      {poll.ballots && poll.ballots.length > 0 && (
        <details className={styles.more}>
          <summary>{t('poll.names')}</summary>
          <NamedBallots poll={poll} ballots={poll.ballots} />
        </details>
      )}
    </div>
  );
}

/** [M22] Of fewer than three secret ballots nothing is told. */
const tellsNothing = ({ secrecy }: Poll, { lines, cast }: PollResult): boolean =>
  secrecy === 'secret' && lines.length === 0 && cast.heads > 0;

/** The outcome and why, in one sentence. */
function Verdict({ poll, result }: Props) {
  const t = useSay();
  const locale = useLocale();
  const Sign = SIGNS[result.outcome];
  return (
    <div className={styles.verdict} data-outcome={result.outcome}>
      <span className={styles.sign}>
        <Sign size={22} stroke={2} aria-hidden />
      </span>
      <Text fw={580} size="lg" lh={1.4}>
        {verdictSentence({ poll, result, locale, t })}
      </Text>
    </div>
  );
}

/** How many ballots there were, and whether they were counted by hand. */
function CastLine({ poll, result }: Props) {
  const t = useSay();
  const format = useFormat();
  const { heads, weight } = result.cast;
  const weighed = unitShown(poll) === 'weight';
  const parts = [
    t('poll.cast', { count: heads }),
    weighed ? t('poll.castWeight', { votes: format.number(asVotes(weight)) }) : '',
    result.typedIn ? t('poll.typedIn') : '',
  ];
  return (
    <Text size="sm" c="dimmed">
      {parts.filter(Boolean).join(' · ')}
    </Text>
  );
}
