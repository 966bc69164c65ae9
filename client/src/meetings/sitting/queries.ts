import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, orpc, worthRetrying } from '../../platform/query.ts';
import { afterVote } from './polls/after-vote.ts';

const pollsKey = (meetingId: string) => orpc.polls.list.queryKey({ input: { id: meetingId } });

export const useMeeting = (id: string) => useQuery(orpc.meetings.get.queryOptions({ input: { id } }));
export const usePolls = (id: string) => useQuery(orpc.polls.list.queryOptions({ input: { id } }));

/** A change of the meeting; what it answers is shown at once, without waiting for the event. */
export function useChange<Input>(run: (input: Input) => Promise<Meeting>, { inPlace = false } = {}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => run(input),
    meta: { saidInPlace: inPlace },
    onSuccess: (fresh) => {
      const queryKey = orpc.meetings.get.queryKey({ input: { id: fresh.id } });
      // Two answers may overtake one another; nothing is shown older than it was.
      queries.setQueryData(queryKey, (held) => (held && held.now > fresh.now ? undefined : fresh));
    },
  });
}

/** A change of a poll. Which polls are open is part of the meeting, which is read again. */
export function usePollChange<Input>(run: (input: Input) => Promise<Poll>, { inPlace = false } = {}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => run(input),
    meta: { saidInPlace: inPlace },
    onSuccess: (fresh) => {
      queries.setQueryData(pollsKey(fresh.meetingId), (held) => {
        if (!held) return undefined;
        const known = held.items.some(({ id }) => id === fresh.id);
        return { items: known ? held.items.map((one) => (one.id === fresh.id ? fresh : one)) : [...held.items, fresh] };
      });
      void queries.invalidateQueries({ queryKey: pollsKey(fresh.meetingId) });
      void queries.invalidateQueries({ queryKey: orpc.meetings.get.key({ input: { id: fresh.meetingId } }) });
    },
  });
}

export function useRemovePoll({ id, meetingId }: Poll) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.polls.remove({ id }),
    onSuccess: () => {
      queries.setQueryData(pollsKey(meetingId), (held) =>
        held ? { items: held.items.filter((poll) => poll.id !== id) } : undefined,
      );
    },
  });
}

/**
 * A vote. The same vote sent twice is one vote, so a lost answer is asked for again. What was chosen in a secret poll is
 * kept nowhere in this browser either.
 */
export function useVote({ id, meetingId }: Poll) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (vote: Pick<Parameters<typeof client.polls.vote>[0], 'seatId' | 'choice'>) =>
      client.polls.vote({ id, ...vote }),
    retry: worthRetrying,
    gcTime: 0,
    meta: { saidInPlace: true },
    onSuccess: (answer, { choice }) => {
      queries.setQueryData(pollsKey(meetingId), (held) =>
        held
          ? { items: held.items.map((poll) => (poll.id === id ? afterVote(poll, answer, choice) : poll)) }
          : undefined,
      );
    },
    // Refused because it was closed, or voted for elsewhere: the poll is shown as it is.
    onError: () => queries.invalidateQueries({ queryKey: pollsKey(meetingId) }),
  });
}
