import type { Poll, PollResult } from '@concert/domain/meetings/polls-api.ts';
import { useLocale } from '../../../platform/i18n.ts';
import { TimeLeft } from '../clock/clock-face.tsx';
import { isMotion, unitShown } from '../polls/bars.ts';
import { MotionBar, OptionBars } from '../polls/result-bars.tsx';
import { Turnout } from '../polls/turnout.tsx';
import { useSay } from '../say.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import styles from './screen.module.css';
import { resultOnScreen } from './shown.ts';

/** A poll on the wall: its question with the turnout alone while it is open, its result once it is made known. */
export function ScreenPoll({ poll }: { poll: Poll }) {
  const t = useSay();
  const result = resultOnScreen(poll);
  return (
    <section className={styles.poll} data-result={result ? true : undefined}>
      <p className={styles.dim}>
        {t(`poll.state.${poll.state}`)} · {poll.byHands ? t('poll.byHands') : t(`poll.secrecy.${poll.secrecy}`)}
        {poll.state === 'open' && poll.closesAt && (
          <>
            {' · '}
            <TimeLeft until={poll.closesAt} />
          </>
        )}
      </p>
      <h1 className={styles.title}>{poll.question}</h1>
      {poll.state === 'open' && !isMotion(poll) && (
        <ul className={styles.options}>
          {poll.options.map(({ id, label }) => (
            <li key={id}>{label}</li>
          ))}
        </ul>
      )}
      {poll.state === 'open' && (poll.byHands ? <p>{t('poll.hands.show')}</p> : <Turnout poll={poll} />)}
      {poll.state === 'closed' && <p>{t('poll.awaiting')}</p>}
      {result && <ScreenResult poll={poll} result={result} />}
    </section>
  );
}

function ScreenResult({ poll, result }: { poll: Poll; result: PollResult }) {
  const t = useSay();
  const locale = useLocale();
  const unit = unitShown(poll);
  return (
    <>
      <p className={styles.outcome} data-outcome={result.outcome}>
        {verdictSentence({ poll, result, locale, t })}
      </p>
      {isMotion(poll) ? (
        <MotionBar lines={result.lines} poll={poll} unit={unit} />
      ) : (
        <OptionBars result={result} poll={poll} unit={unit} />
      )}
    </>
  );
}
