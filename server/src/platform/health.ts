import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RoomsMeasured } from './documents/measure.ts';
import type { Rooms } from './documents/rooms.ts';
import type { Live } from './live/live.ts';
import { answers } from './mongo/patience.ts';
import type { Outbox } from './outbox/outbox.ts';

/** How this instance is now. Times in milliseconds, sizes in bytes; null where it could not be told. */
export type Health = {
  readonly startedAt: Date;
  /** What `/readyz` says: false while stopping, and while database or bus do not answer. */
  readonly ready: boolean;
  readonly stopping: boolean;
  /** `ms`: how long a ping took. */
  readonly database: { readonly answers: boolean; readonly ms: number | null };
  readonly bus: 'none' | 'connected' | 'away';
  /** How late timers came in the last minutes: what everybody here waits at most for everybody else. */
  readonly eventLoop: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly memory: { readonly rss: number; readonly heapUsed: number };
  readonly documents: RoomsMeasured;
  readonly liveSockets: number;
  /** Events that wait for their reactions (mails are sent by these), and those that were put aside. */
  readonly events: { readonly waiting: number | null; readonly failed: number | null };
};

export type HealthParts = {
  readonly startedAt: Date;
  readonly ping: () => Promise<unknown>;
  readonly isStopping: () => boolean;
  readonly hasBus: boolean;
  readonly live: Pick<Live, 'isReady' | 'sockets'>;
  readonly rooms: Pick<Rooms, 'measured'>;
  readonly outbox: Pick<Outbox, 'waiting'>;
};

const MS_PER_NS = 1e-6;

/** Reads the health of an instance; asks the database only what it answers at once, or not at all. */
export function createHealth(parts: HealthParts): { read(): Promise<Health>; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const ms = (ns: number): number => Math.round(ns * MS_PER_NS * 10) / 10;
  const read = async (): Promise<Health> => {
    const asked = performance.now();
    const there = await answers(parts.ping);
    const took = Math.round((performance.now() - asked) * 10) / 10;
    const waiting = there ? await parts.outbox.waiting() : { waiting: null, failed: null };
    const { rss, heapUsed } = process.memoryUsage();
    const busReady = parts.live.isReady();
    return {
      startedAt: parts.startedAt,
      ready: there && busReady && !parts.isStopping(),
      stopping: parts.isStopping(),
      database: { answers: there, ms: there ? took : null },
      bus: parts.hasBus ? (busReady ? 'connected' : 'away') : 'none',
      eventLoop: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
      memory: { rss, heapUsed },
      documents: parts.rooms.measured(),
      liveSockets: parts.live.sockets(),
      events: { waiting: waiting.waiting, failed: waiting.failed },
    };
  };
  return { read, stop: () => delay.disable() };
}
