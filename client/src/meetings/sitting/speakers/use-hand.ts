import { client } from '../../../platform/query.ts';
import { recusalOf } from '../item/recusal.ts';
import { useChange } from '../queries.ts';
import { useSitting } from '../sitting-context.tsx';
import { type AskHindrance, askHindered } from './floor.ts';

/** Whether the reader leaves the room for the item that is open. */
export function useSentOut(): boolean {
  const { meeting, current, myId } = useSitting();
  const recusal = recusalOf(meeting.conflicts, myId, current?.id);
  return recusal === 'leave-room' || recusal === 'barred';
}

export type Hand = {
  readonly raised: boolean;
  readonly hindered: AskHindrance | undefined;
  readonly busy: boolean;
  toggle(): void;
};

/** One's own hand: raised for a speech, and lowered again. */
export function useHand(): Hand {
  const { meeting, current, myId } = useSitting();
  const sentOut = useSentOut();
  const ask = useChange(client.meetings.askToSpeak);
  const change = useChange(client.meetings.speaker);
  const own = meeting.speakers.find(
    (one) => one.itemId === current?.id && one.personId === myId && one.state === 'waiting',
  );
  const hindered = own ? undefined : askHindered(meeting, current, { personId: myId, kind: 'speech', sentOut });
  const { id } = meeting;
  return {
    raised: own !== undefined,
    hindered,
    busy: ask.isPending || change.isPending,
    toggle: () => {
      if (own) change.mutate({ id, speakerId: own.id, do: 'remove' });
      else if (!hindered) ask.mutate({ id, kind: 'speech' });
    },
  };
}
