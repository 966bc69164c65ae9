import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { AgendaItem, Attendee, Meeting } from '@concert/domain/meetings/shapes.ts';
import { createContext, type ReactNode, use, useMemo, useRef } from 'react';
import { useMe } from '../../platform/session.tsx';
import { bestOffset, withSample } from './clock/clock-text.ts';

export type Sitting = {
  readonly meeting: Meeting;
  readonly polls: readonly Poll[];
  /** The item that everybody is on. */
  readonly current: AgendaItem | undefined;
  readonly myId: string;
  person(id: string | undefined): Attendee | undefined;
};

const SittingContext = createContext<Sitting | undefined>(undefined);
const OffsetContext = createContext(0);

function useServerOffset(serverNow: string, receivedAt: number): number {
  const held = useRef<{ readonly answer: string; readonly samples: readonly number[] }>({ answer: '', samples: [] });
  const answer = `${serverNow} ${receivedAt}`;
  if (held.current.answer !== answer) {
    const samples = withSample(held.current.samples, Date.parse(serverNow) - receivedAt);
    held.current = { answer, samples };
  }
  return bestOffset(held.current.samples);
}

type Props = {
  readonly meeting: Meeting;
  readonly polls: readonly Poll[];
  /** When the answer came, by the clock of this browser. */
  readonly receivedAt: number;
  readonly children: ReactNode;
};

/** Hands the sitting to all of its parts, with the clock of the server. */
export function SittingProvider({ meeting, polls, receivedAt, children }: Props) {
  const { id: myId } = useMe();
  const offset = useServerOffset(meeting.now, receivedAt);
  const sitting = useMemo<Sitting>(() => {
    const people = new Map(meeting.attendees.map((one) => [one.personId, one]));
    return {
      meeting,
      polls,
      myId,
      current: meeting.agenda.find(({ id }) => id === meeting.currentItemId),
      person: (id) => (id === undefined ? undefined : people.get(id)),
    };
  }, [meeting, polls, myId]);
  return (
    <OffsetContext value={offset}>
      <SittingContext value={sitting}>{children}</SittingContext>
    </OffsetContext>
  );
}

export function useSitting(): Sitting {
  const sitting = use(SittingContext);
  if (!sitting) throw new Error('useSitting is called outside of SittingProvider');
  return sitting;
}

/** How far the server's clock is ahead of this browser's, in milliseconds. */
export const useOffset = (): number => use(OffsetContext);
