import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Button, type ButtonProps } from '@mantine/core';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';

/** The open poll in which the reader has a vote that is not cast yet. */
export function useToVote(): Poll | undefined {
  return useSitting().polls.find(({ state, byHands, mine }) => {
    return state === 'open' && !byHands && mine.some(({ voted }) => !voted);
  });
}

/** Leads to a vote that waits, wherever on the page one is. */
export function VoteButton(props: ButtonProps) {
  const t = useSay();
  const poll = useToVote();
  if (!poll) return null;
  const go = () => {
    const card = document.getElementById(`poll-${poll.id}`);
    card?.scrollIntoView({ block: 'start' });
    card?.focus({ preventScroll: true });
  };
  return (
    <Button {...props} onClick={go}>
      {t('poll.goVote')}
    </Button>
  );
}
