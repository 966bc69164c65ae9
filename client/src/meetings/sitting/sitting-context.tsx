import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { AgendaItem, Attendee, Meeting } from '@concert/domain/meetings/shapes.ts';
import { createContext, type ReactNode, use, useMemo, useRef } from 'react';
import { useMe } from '../../platform/session.tsx';
import { bestOffset } from './clock/clock-text.ts';

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

/** Answers that the offset of the server's clock is told from. */
const SAMPLES = 6;

function useServerOffset(serverNow: string, receivedAt: number): number {
  const samples = useRef<{ readonly key: string; readonly offset: number }[]>([]);
  const key = `${serverNow} ${receivedAt}`;
  if (samples.current.at(-1)?.key !== key) {
    const sample = { key, offset: Date.parse(serverNow) - receivedAt };
    samples.current = [...samples.current, sample].slice(-SAMPLES);
  }
  return bestOffset(samples.current.map(({ offset }) => offset));
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
