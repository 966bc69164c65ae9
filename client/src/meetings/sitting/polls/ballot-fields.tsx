import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Button, Textarea, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useSay } from '../say.ts';
import styles from './ballot.module.css';
import type { Choice } from './choice.ts';
import { ChooseFields } from './choose-fields.tsx';
import { PointsFields } from './points-fields.tsx';
import { RankedFields } from './ranked-fields.tsx';

type Props = {
  readonly poll: Poll;
  readonly choice: Choice | undefined;
  readonly onChange: (choice: Choice) => void;
  /** A press that says everything. */
  readonly onDecide: (choice: Choice) => void;
};

/** What is pressed or filled in, by the way in which one votes. */
export function BallotFields({ poll, choice, onChange, onDecide }: Props) {
  if (poll.method === 'motion') return <MotionFields onDecide={onDecide} />;
  if (poll.method === 'consent') return <ConsentFields choice={choice} onChange={onChange} onDecide={onDecide} />;
  if (choice?.method === 'choose') return <ChooseFields poll={poll} choice={choice} onChange={onChange} />;
  if (choice?.method === 'ranked') return <RankedFields poll={poll} choice={choice} onChange={onChange} />;
  if (choice?.method === 'score' || choice?.method === 'dots')
    return <PointsFields poll={poll} choice={choice} onChange={onChange} />;
  return null;
}

function MotionFields({ onDecide }: Pick<Props, 'onDecide'>) {
  const t = useSay();
  return (
    <div className={styles.big}>
      {(['yes', 'no', 'abstain'] as const).map((vote) => (
        <Button
          key={vote}
          variant="default"
          className={styles.choice}
          data-vote={vote}
          onClick={() => onDecide({ method: 'motion', vote })}
        >
          {t(`poll.vote.${vote}`)}
        </Button>
      ))}
    </div>
  );
}

function ConsentFields({ choice, onChange, onDecide }: Omit<Props, 'poll'>) {
  const t = useSay();
  const objects = choice?.method === 'consent' && choice.vote === 'objection';
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (objects) field.current?.focus();
  }, [objects]);
  return (
    <>
      <div className={styles.options}>
        {(['consent', 'stand-aside', 'objection'] as const).map((vote) => (
          <UnstyledButton
            key={vote}
            className={styles.option}
            aria-pressed={vote === 'objection' ? objects : undefined}
            onClick={() => {
              if (vote === 'objection') onChange({ method: 'consent', vote });
              else onDecide({ method: 'consent', vote });
            }}
          >
            <span className={styles.optionName}>
              {t(`poll.vote.${vote}`)}
              {vote === 'objection' && objects && <IconCheck size={18} aria-hidden />}
            </span>
            <span className={styles.optionDetail}>{t(`poll.consent.${vote}`)}</span>
          </UnstyledButton>
        ))}
      </div>
      {objects && (
        <Textarea
          ref={field}
          label={t('poll.consent.reason')}
          description={t('poll.consent.reasonHelp')}
          autosize
          minRows={3}
          maxLength={2_000}
          value={choice.reason ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ method: 'consent', vote: 'objection', ...(value.trim() ? { reason: value } : {}) })
          }
        />
      )}
    </>
  );
}
