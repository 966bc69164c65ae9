import type { MeetingLine } from '@concert/domain/meetings/shapes.ts';
import { Badge, Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useLocale, useText } from '../../platform/i18n.ts';
import { ownZone, rangeText, sameClock, zoneName } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { AnswerButtons, takesAnswers } from './answer-buttons.tsx';
import { DateBlock } from './date-block.tsx';
import styles from './meeting-row.module.css';
import { StateBadge } from './state-badge.tsx';

type Props = {
  readonly meeting: MeetingLine;
  /** With the buttons by which it is answered; without, the answer is only shown. */
  readonly answering?: boolean;
};

/** A meeting in a list: when, what, of whom, how it stands; whoever is called answers it in place. */
export function MeetingRow({ meeting, answering = true }: Props) {
  const t = useText(messages);
  const { id, title, startAt, timeZone, state, mode, called, openVotes } = meeting;
  const live = state === 'in-session' || state === 'suspended';
  return (
    <div className={styles.row} data-live={live || undefined} data-off={state === 'cancelled' || undefined}>
      <DateBlock startAt={startAt} timeZone={timeZone} live={live} />
      <div className={styles.words}>
        <span className={styles.head}>
          <Link to={`/meetings/${id}`} className={styles.title}>
            {title}
          </Link>
          {state !== 'convened' && state !== 'frozen' && <StateBadge state={state} />}
          {openVotes > 0 && (
            <Badge radius="sm" color="yellow" variant="light">
              {t('waiting.vote', { count: openVotes })}
            </Badge>
          )}
        </span>
        <Details meeting={meeting} />
      </div>
      <div className={styles.end}>
        {live ? (
          <Button component={Link} to={`/meetings/${id}/sitting`} size="xs" aria-label={t('join.of', { title })}>
            {t('join')}
          </Button>
        ) : mode === 'written' && called && takesAnswers(state) ? (
          <Button
            component={Link}
            to={`/meetings/${id}/sitting`}
            size="xs"
            variant="default"
            aria-label={t('written.of', { title })}
          >
            {t('written.row')}
          </Button>
        ) : (
          <OwnAnswer meeting={meeting} answering={answering} />
        )}
      </div>
    </div>
  );
}

function Details({ meeting }: { meeting: MeetingLine }) {
  const t = useText(messages);
  const locale = useLocale();
  const { bodyName, startAt, endAt, timeZone, mode, place, itemCount } = meeting;
  const foreign = startAt !== undefined && !sameClock(startAt, timeZone, ownZone());
  const details = [
    startAt && rangeText(locale, { startAt, endAt }, timeZone) + (foreign ? ` (${zoneName(timeZone)})` : ''),
    bodyName,
    place ?? t(`mode.${mode}`),
    itemCount > 0 && t('items', { count: itemCount }),
  ];
  return <span className={styles.detail}>{details.filter(Boolean).join(' · ')}</span>;
}

function OwnAnswer({ meeting, answering }: Required<Props>) {
  const t = useText(messages);
  const { id, title, answer, called, state } = meeting;
  if (!called) return null;
  if (answering && takesAnswers(state)) return <AnswerButtons meetingId={id} title={title} answer={answer} />;
  if (!answer) return null;
  const Sign = answer === 'accepted' ? IconCheck : IconX;
  return (
    <Badge radius="sm" variant="default" leftSection={<Sign size={12} aria-hidden />}>
      {t(`answer.${answer}`)}
    </Badge>
  );
}
