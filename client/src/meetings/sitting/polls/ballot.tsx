import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Alert, Box, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useProblemText } from '../../../platform/problem-text.ts';
import { useVote } from '../queries.ts';
import { useSay } from '../say.ts';
import styles from './ballot.module.css';
import { BallotFields } from './ballot-fields.tsx';
import { type Choice, emptyChoice, readinessOf } from './choice.ts';
import { choiceText, howTo } from './labels.ts';

type Props = { readonly poll: Poll; readonly seat: Poll['mine'][number] };

/** One ballot: choose, look at it once more, cast it. Nothing of it is kept in the browser before or afterwards. */
export function Ballot({ poll, seat }: Props) {
  const t = useSay();
  const [choice, setChoice] = useState<Choice | undefined>(() => emptyChoice(poll));
  const [looking, setLooking] = useState(false);
  const [cast, setCast] = useState(false);
  const vote = useVote(poll);
  const { ready, blank, refusal } = readinessOf(poll, choice);
  if (seat.voted) return <Voted poll={poll} seat={seat} arrived={cast} />;
  const forget = () => {
    setChoice(undefined);
    setLooking(false);
    setCast(true);
    vote.reset();
  };
  if (looking && choice) {
    return (
      <Confirm
        text={choiceText(poll, choice, t)}
        reason={choice.method === 'consent' ? choice.reason : undefined}
        error={vote.isError ? vote.error : undefined}
        busy={vote.isPending}
        onBack={() => {
          vote.reset();
          setLooking(false);
        }}
        onCast={() => vote.mutate({ seatId: seat.seatId, choice }, { onSuccess: forget })}
      />
    );
  }
  const decide = (next: Choice) => {
    setChoice(next);
    // One press says all of a motion, and of a consent without an objection.
    if (readinessOf(poll, next).ready) setLooking(true);
  };
  const stepwise = poll.method !== 'motion' && !(poll.method === 'consent' && choice === undefined);
  return (
    <div className={styles.ballot}>
      <Text size="sm" c="dimmed" id={`how-${poll.id}-${seat.seatId}`}>
        {howTo(poll, t)}
      </Text>
      <BallotFields poll={poll} choice={choice} onChange={setChoice} onDecide={decide} />
      {stepwise && (
        <Group gap="sm">
          <Button size="md" variant={blank ? 'default' : 'filled'} disabled={!ready} onClick={() => setLooking(true)}>
            {t(blank ? 'poll.goOnBlank' : 'poll.goOn')}
          </Button>
          {refusal && (
            <Text size="sm" c="dimmed" role="status">
              {t(`poll.hint.${refusal}`)}
            </Text>
          )}
        </Group>
      )}
    </div>
  );
}

type ConfirmProps = {
  readonly text: string;
  readonly reason: string | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onCast: () => void;
};

/** Takes the focus along: what was pressed to come here has gone. */
function useArrivalFocus(arrived = true): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (arrived) place.current?.focus({ preventScroll: true });
  }, [arrived]);
  return place;
}

function Confirm({ text, reason, error, busy, onBack, onCast }: ConfirmProps) {
  const t = useSay();
  const explain = useProblemText();
  const place = useArrivalFocus();
  return (
    <Box className={styles.confirm} ref={place} tabIndex={-1} role="group" aria-label={t('poll.confirm.title')}>
      <Text size="sm" c="dimmed">
        {t('poll.confirm.title')}
      </Text>
      <Text className={styles.chosen}>{text}</Text>
      {reason && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {reason}
        </Text>
      )}
      <Text size="sm">{t('poll.confirm.detail')}</Text>
      {error !== undefined && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {explain(error)} {t('poll.confirm.again')}
        </Alert>
      )}
      <Group gap="sm">
        <Button size="md" loading={busy} onClick={onCast}>
          {t('poll.confirm.cast')}
        </Button>
        <Button size="md" variant="default" disabled={busy} onClick={onBack}>
          {t('poll.confirm.back')}
        </Button>
      </Group>
    </Box>
  );
}

/** Says that the vote was received. `arrived`: it was cast just now, and the focus comes here. */
function Voted({ poll, seat, arrived }: Props & { readonly arrived: boolean }) {
  const t = useSay();
  const place = useArrivalFocus(arrived);
  return (
    <Box className={styles.voted} role="group" aria-label={t('poll.voted.title')} ref={place} tabIndex={-1}>
      <IconCircleCheck size={28} stroke={1.6} aria-hidden />
      <div>
        <Text fw={600}>{t('poll.voted.title')}</Text>
        <Text size="sm" c="dimmed">
          {seat.choice ? t('poll.voted.choice', { choice: choiceText(poll, seat.choice, t) }) : t('poll.voted.hidden')}
        </Text>
      </div>
    </Box>
  );
}
