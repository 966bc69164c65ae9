import { roomIsOpen } from '@concert/domain/meetings/rooms.ts';
import type { RoomProvider } from '@concert/domain/meetings/shapes.ts';
import { useMediaQuery } from '@mantine/hooks';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { useTimed } from '../sitting/clock/ticker.ts';
import { useSitting } from '../sitting/sitting-context.tsx';
import { remember, remembered } from './remembered.ts';

/** Too little space for a room beside an agenda. */
const PHONE = '(max-width: 48em)';

type Room = {
  /** The provider of the room that the reader may enter at some time; absent where there is none for them. */
  readonly provider: RoomProvider | undefined;
  /** Whether it can be entered now. */
  readonly open: boolean;
  /** Whether it can be shown beside the agenda. */
  readonly beside: boolean;
  readonly shown: boolean;
  readonly large: boolean;
  show(shown: boolean): void;
  enlarge(large: boolean): void;
};

const RoomContext = createContext<Room | undefined>(undefined);

/** Holds whether the room of the sitting is shown; as the reader has left it. */
export function RoomHolder({ children }: { children: ReactNode }) {
  const { meeting, myId } = useSitting();
  const beside = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false }) !== true;
  const [state, setState] = useState(() => remembered(myId));
  const provider = meeting.me.quality === undefined ? undefined : meeting.room?.provider;
  const open = useTimed((now) => provider !== undefined && roomIsOpen(meeting, new Date(now)).ok);
  const room = useMemo<Room>(() => {
    const keep = (change: Partial<typeof state>): void => {
      const next = { ...state, ...change };
      setState(next);
      remember(myId, next);
    };
    return {
      ...{ provider, open, beside, large: state.large },
      shown: open && beside && state.meetingId === meeting.id,
      show: (shown) => keep({ meetingId: shown ? meeting.id : undefined }),
      enlarge: (large) => keep({ large }),
    };
  }, [provider, open, beside, state, meeting.id, myId]);
  return <RoomContext value={room}>{children}</RoomContext>;
}

export function useRoom(): Room {
  const room = use(RoomContext);
  if (!room) throw new Error('useRoom is called outside of RoomHolder');
  return room;
}
