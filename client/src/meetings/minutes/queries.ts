import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, orpc } from '../../platform/query.ts';

const HELD: ReadonlySet<string> = new Set(['convened', 'frozen', 'in-session', 'suspended', 'ended']);

/** [M70] Whether a meeting has minutes, or may have them: once people are called to it. */
export const hasMinutes = ({ state }: Pick<Meeting, 'state'>): boolean => HELD.has(state);

/** The minutes of a meeting. */
export const useMinutes = (meetingId: string) => useQuery(orpc.minutes.get.queryOptions({ input: { id: meetingId } }));

/** Minutes that wait for a later meeting of a body. */
export const useWaitingMinutes = (bodyId: string, enabled: boolean) =>
  useQuery({ ...orpc.minutes.waiting.queryOptions({ input: { bodyId } }), enabled });

/** Everything that is known of minutes: what the record says changes with meeting, votes, decisions and actions. */
export const minutesOfMeeting = (meetingId: string): QueryKey[] => [
  orpc.minutes.get.key({ input: { id: meetingId } }),
  orpc.minutes.ofDocument.key(),
  orpc.minutes.waiting.key(),
];
export const allMinutes = (): QueryKey[] => [orpc.minutes.key()];

/** A change of minutes; what it answers is shown at once, the rest is read again. */
export function useMinutesChange<Input>(run: (input: Input) => Promise<Minutes>, { inPlace = false } = {}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => run(input),
    onSuccess: (fresh) => {
      queries.setQueryData(orpc.minutes.get.queryKey({ input: { id: fresh.meetingId } }), fresh);
      const { documentId } = fresh;
      if (documentId) {
        queries.setQueryData(orpc.minutes.ofDocument.queryKey({ input: { documentId } }), fresh);
        void queries.invalidateQueries({ queryKey: orpc.documents.get.key({ input: { id: documentId } }) });
      }
      void queries.invalidateQueries({ queryKey: orpc.minutes.key() });
      void queries.invalidateQueries({ queryKey: orpc.meetings.get.key({ input: { id: fresh.meetingId } }) });
    },
    ...(inPlace ? { meta: { saidInPlace: true } } : {}),
  });
}

/** Ticks an action item of the record, or takes the tick away; the caller says it when it was refused. */
export function useTick() {
  const queries = useQueryClient();
  return async (id: string, done: boolean): Promise<void> => {
    const moved = await client.actions.move({ id, to: done ? 'done' : 'open' });
    const withMoved = (minutes: Minutes): Minutes => {
      const actions = (all: Minutes['record']['actions']) =>
        all.map((one) => (one.id === id ? { ...one, state: moved.state } : one));
      const { record } = minutes;
      return {
        ...minutes,
        record: { ...record, actions: actions(record.actions), carried: actions(record.carried) },
      };
    };
    for (const queryKey of [orpc.minutes.get.key(), orpc.minutes.ofDocument.key()])
      queries.setQueriesData<Minutes>({ queryKey }, (held) => held && withMoved(held));
    void queries.invalidateQueries({ queryKey: orpc.minutes.key() });
    void queries.invalidateQueries({ queryKey: orpc.actions.key() });
  };
}
