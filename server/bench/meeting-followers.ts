import type { ClientEvents, ServerEvents } from '@concert/contract';
import { io, type Socket } from 'socket.io-client';
import type { Member } from './meeting-stage.ts';

/** Somebody who looks at a meeting: hears that it has changed, and reads it again. */
export type Follower = {
  /** When they first held this state of the meeting or poll, or a later one. @throws when they never do */
  heldAt(id: string, rev: number): Promise<number>;
  /** How often they were told that something has changed, how often they have read something, and how much that was. */
  counts(): { readonly told: number; readonly reads: number; readonly bytes: number };
  /** Resolves when nothing that they have heard of is unread. */
  settled(): Promise<void>;
  close(): void;
};

type Held = { readonly id: string; readonly rev: number; readonly at: number };
type Waiter = { readonly id: string; readonly rev: number; readonly resolve: (at: number) => void };

const LONGEST_MS = 60_000;

/** At most one reading under way: whatever is heard meanwhile makes one more. */
function reader(read: () => Promise<void>) {
  let under: Promise<void> | undefined;
  let again = false;
  const round = async (): Promise<void> => {
    do {
      again = false;
      await read();
    } while (again);
  };
  return {
    hear: (): void => {
      again = true;
      under ??= round().finally(() => {
        under = undefined;
      });
    },
    settled: async (): Promise<void> => {
      while (under !== undefined) await under;
    },
  };
}

/** What somebody has held since when, and who waits for it. */
function holdings() {
  const held: Held[] = [];
  const waiters = new Set<Waiter>();
  return {
    take: (id: string, rev: number): void => {
      const at = performance.now();
      held.push({ id, rev, at });
      for (const waiter of waiters)
        if (waiter.id === id && rev >= waiter.rev) {
          waiters.delete(waiter);
          waiter.resolve(at);
        }
    },
    heldAt: (id: string, rev: number): Promise<number> => {
      const first = held.find((one) => one.id === id && one.rev >= rev);
      if (first !== undefined) return Promise.resolve(first.at);
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          const last = held.findLast((one) => one.id === id)?.rev;
          reject(new Error(`somebody holds ${id} at ${last} and never got to ${rev}`));
        }, LONGEST_MS);
        waiters.add({
          ...{ id, rev },
          resolve: (at) => {
            clearTimeout(late);
            resolve(at);
          },
        });
      });
    },
  };
}

/** Connects somebody and has them read the meeting for the first time. */
export async function follow(url: string, { cookie }: Member, meetingId: string): Promise<Follower> {
  const { take, heldAt } = holdings();
  let told = 0;
  let reads = 0;
  let bytes = 0;
  const failed: string[] = [];
  const reading = (path: string, id: string) =>
    reader(async () => {
      // As raw as can be: sixty pages share this process, and what they cost here is not the server's.
      const response = await fetch(`${url}/api/${path}/${id}`, { headers: { cookie, origin: url } });
      const text = await response.text();
      reads += 1;
      bytes += text.length;
      if (response.ok) take(id, (JSON.parse(text) as { rev: number }).rev);
      // A poll that is only prepared does not exist for who does not conduct.
      else if (response.status !== 404) failed.push(`${path} answered ${response.status}: ${text}`);
    });
  const meeting = reading('meetings', meetingId);
  const polls = new Map<string, ReturnType<typeof reader>>();
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin: url },
    reconnection: false,
  });
  socket.on('meeting.changed', (event) => {
    if (event.meetingId !== meetingId) return;
    told += 1;
    meeting.hear();
  });
  socket.on('poll.changed', ({ pollId }) => {
    const poll = polls.get(pollId) ?? reading('polls', pollId);
    polls.set(pollId, poll);
    told += 1;
    poll.hear();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  meeting.hear();
  await meeting.settled();
  return {
    heldAt,
    counts: () => {
      if (failed[0] !== undefined) throw new Error(failed[0]);
      return { told, reads, bytes };
    },
    settled: async () => {
      await Promise.all([meeting, ...polls.values()].map((one) => one.settled()));
    },
    close: () => void socket.disconnect(),
  };
}
