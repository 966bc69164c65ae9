import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import {
  forgetRecovered,
  keepRecovered,
  type RecoveredReason,
  type RecoveredText,
  readRecovered,
} from './local-copies.ts';
import { isEmpty, passagesOf } from './passages.ts';
import type { PeerPerson } from './peers.ts';
import { erases, recovers } from './refusal.ts';
import { openRoom, type Room } from './room.ts';
import type { RoomState } from './room-watch.ts';

export type RoomHandle = {
  /** Undefined for the moment between opening the page and opening the document. */
  readonly room: Room | undefined;
  readonly state: RoomState;
  /** Text of this page that the server would not take. */
  readonly recovered: RecoveredText | undefined;
  readonly forgetRecovered: () => void;
  /** Starts again after a final refusal, for instance after signing in anew. */
  readonly reopen: () => void;
};

const STARTING: RoomState = {
  link: 'connecting',
  ready: false,
  saved: 'saved',
  pending: 0,
  denied: false,
  refusal: undefined,
  way: 'socket',
};

type Options = {
  readonly documentId: string;
  readonly me: PeerPerson;
  readonly mayWrite: boolean;
  /** Asks whether the person may still read the document; rejects when nobody answers. */
  readonly stillReads: () => Promise<boolean>;
  readonly onAccessChanged: () => void;
};

/**
 * Keeps one document open while the component is shown. Where the server refuses what was written here, the words are
 * set aside as recovered text and the document is opened afresh; where the person lost the right to read, the local
 * copy is erased.
 */
export function useRoom(options: Options): RoomHandle {
  const { documentId, me } = options;
  const [attempt, setAttempt] = useState(0);
  const [room, setRoom] = useState<Room>();
  const [recovered, setRecovered] = useState(() => readRecovered(me.id, documentId));
  const [onlyHere, setOnlyHere] = useState(false);
  const { id, name, color } = me;
  const now = useRef(options);
  now.current = options;
  const [asking, setAsking] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens the document anew
  useEffect(() => {
    const opened = openRoom({
      documentId,
      me: { id, name, color },
      mayWrite: () => now.current.mayWrite,
      onAccessChanged: () => now.current.onAccessChanged(),
    });
    let left = false;
    const leave = (erase: boolean) => {
      left = true;
      return opened.leave({ erase });
    };
    const startAgain = (reason: RecoveredReason) => {
      const passages = passagesOf(opened.body, opened.fields);
      if (!isEmpty(passages)) {
        const kept = { passages, reason, savedAt: new Date().toISOString() };
        setOnlyHere(!keepRecovered(id, documentId, kept));
        setRecovered(kept);
      }
      setRoom(undefined);
      void leave(true).then(() => setAttempt((count) => count + 1));
    };
    /** What was typed while the right to write went is refused like what a stranger sends: only the right to read tells. */
    const ask = async () => {
      setAsking(true);
      const reads = await now.current.stillReads().catch(() => false);
      setAsking(false);
      if (left) return;
      if (reads) startAgain('denied');
      else void leave(true);
    };
    let asked = false;
    const onState = () => {
      const { refusal, denied, saved } = opened.state();
      if (left || asked) return;
      if (refusal === 'no-right') {
        asked = true;
        void ask();
      } else if (refusal && erases(refusal)) void leave(true);
      else if (refusal && recovers(refusal)) startAgain(refusal);
      else if (denied && saved === 'unsaved') startAgain('denied');
    };
    const unsubscribe = opened.subscribe(onState);
    setRoom(opened);
    return () => {
      unsubscribe();
      setRoom(undefined);
      if (!left) void leave(false);
    };
  }, [documentId, id, name, color, attempt]);

  const state = useSyncExternalStore(room?.subscribe ?? nothingToHear, room?.state ?? starting);
  useLeaveGuard(state.saved !== 'saved' || onlyHere);
  return {
    room,
    state: asking ? { ...state, refusal: undefined } : state,
    recovered,
    forgetRecovered: () => {
      forgetRecovered(id, documentId);
      setRecovered(undefined);
      setOnlyHere(false);
    },
    reopen: () => setAttempt((count) => count + 1),
  };
}

const nothingToHear = () => () => undefined;
const starting = () => STARTING;

/** Lets the browser ask before it leaves a page with changes that only this device has, or this page alone. */
function useLeaveGuard(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
