import type { HistoryName } from './load/histories.ts';
import type { Metrics } from './load/metrics.ts';
import type { Session } from './session.ts';
import type { Line } from './targets.ts';
import { LINES } from './targets.ts';

export type Scenario = {
  readonly name: string;
  readonly title: string;
  /** Documents that the server must have. */
  documents(quick: boolean): number;
  /** Whether a server without storage takes part, for orientation. */
  readonly withoutStorage: boolean;
  /** Rounds of a full run, where they are not five. */
  readonly rounds?: number;
  readonly lines: readonly Line[];
  run(session: Session, quick: boolean): Promise<Metrics>;
};

const fanOut: Scenario = {
  name: 'fan-out',
  title: 'Fan-out: 1 document, 100 clients, 10 writers × 10 edits/s',
  documents: () => 1,
  withoutStorage: true,
  lines: LINES.fanOut,
  run: (session, quick) =>
    session.run('edits', {
      shape: quick
        ? { documents: 1, clients: 20, writers: 5, checkers: 2 }
        : { documents: 1, clients: 100, writers: 10, checkers: 2 },
      rate: quick ? 50 : 100,
      warmMs: quick ? 500 : 6_000,
      ms: quick ? 2_000 : 12_000,
    }),
};

const manyDocuments: Scenario = {
  name: 'many-documents',
  title: 'Many documents: 300 documents × 3 clients, 1 writer each at 1 edit/s',
  documents: (quick) => (quick ? 20 : 300),
  withoutStorage: false,
  lines: LINES.manyDocuments,
  run: (session, quick) =>
    session.run('edits', {
      shape: { documents: quick ? 20 : 300, clients: 3, writers: 1, checkers: 1 },
      rate: quick ? 20 : 300,
      warmMs: quick ? 500 : 6_000,
      ms: quick ? 2_000 : 12_000,
    }),
};

const saturateOne: Scenario = {
  name: 'saturate-one',
  title: 'Saturation: 1 document, 100 clients, 10 writers, up to 25 600 edits/s',
  documents: () => 1,
  withoutStorage: false,
  lines: LINES.saturateOne,
  run: (session, quick) =>
    session.run('saturation', {
      shape: { documents: 1, clients: quick ? 10 : 100, writers: quick ? 2 : 10, checkers: 2 },
      rates: quick ? [100, 200] : [1_600, 6_400, 25_600],
      costAt: quick ? 200 : 25_600,
      ms: quick ? 1_000 : 4_000,
    }),
};

/** Four steps to twice the rate: a coarser ladder would say more of its rungs than of the servers. */
const LADDER = [6_400, 12_800, 18_100, 21_500, 25_600, 30_400, 36_200, 43_100, 51_200, 60_900, 72_400, 86_100, 102_400];

const saturateMany: Scenario = {
  name: 'saturate-many',
  title: 'Saturation: 50 documents × 8 clients, 2 writers each, up to 102 400 edits/s',
  documents: (quick) => (quick ? 5 : 50),
  withoutStorage: false,
  lines: LINES.saturateMany,
  run: (session, quick) =>
    session.run('saturation', {
      shape: { documents: quick ? 5 : 50, clients: 8, writers: 2, checkers: 1 },
      rates: quick ? [200, 400] : LADDER,
      costAt: quick ? 200 : 25_600,
      ms: quick ? 1_000 : 3_000,
    }),
};

type Opening = {
  readonly history: HistoryName;
  readonly edits: number;
  readonly crowd: number;
  readonly restMs: number;
};

/** Writes a history, stops the server, and opens the document on a new one: by one client, then by many at once. */
async function coldOpen(session: Session, { history, edits, crowd, restMs }: Opening): Promise<Metrics> {
  const seeded = await session.run('seed', { history, edits, restMs });
  const content = { hash: seeded.hash, stateBytes: seeded.stateBytes };
  await session.stop();
  const alone = await session.run('open', { clients: 1, ...content });
  await session.stop();
  const together = await session.run('open', { clients: crowd, ...content });
  return {
    alone: alone.completeMedian ?? null,
    together: together.completeMedian ?? null,
    togetherMax: together.completeMax ?? null,
    copies: Math.max(Number(alone.copies), Number(together.copies)),
    announcedEarly: Number(alone.announcedEarly) + Number(together.announcedEarly),
    complete: alone.complete === true && together.complete === true,
    openCpu: together.openCpu ?? null,
    memoryMb: together.memoryMb ?? null,
    ...seeded.metrics,
  };
}

const openAuthors: Scenario = {
  name: 'open-authors',
  title: 'Cold open: a document of 100 000 edits by four authors, by 1 and by 50 clients',
  documents: () => 2,
  withoutStorage: false,
  lines: LINES.coldOpen,
  run: (session, quick) =>
    quick
      ? coldOpen(session, { history: 'authors', edits: 2_000, crowd: 5, restMs: 0 })
      : coldOpen(session, { history: 'authors', edits: 100_000, crowd: 50, restMs: session.restMs }),
};

const openPaper: Scenario = {
  name: 'open-paper',
  title: 'Cold open: the real history of a paper, 260 000 edits, by 1 and by 50 clients',
  documents: () => 2,
  withoutStorage: false,
  rounds: 1,
  lines: LINES.coldOpenPaper,
  run: (session, quick) =>
    quick
      ? coldOpen(session, { history: 'paper', edits: 2_000, crowd: 5, restMs: 0 })
      : coldOpen(session, { history: 'paper', edits: 1_000_000, crowd: 50, restMs: session.restMs }),
};

const idle: Scenario = {
  name: 'idle',
  title: 'Idle: 2 000 connections over 200 documents',
  documents: (quick) => (quick ? 11 : 201),
  withoutStorage: false,
  lines: LINES.idle,
  run: async (session, quick) => {
    await session.prepare();
    await session.stop();
    return session.run('idle', {
      connections: quick ? 100 : 2_000,
      documents: quick ? 10 : 200,
      // After eight quiet seconds V8 begins to give back what a heap has in reserve, and does it thread by thread; the
      // last threads of a server start half a minute after it.
      startMs: quick ? 1_000 : 120_000,
      settleMs: quick ? 1_000 : 60_000,
    });
  },
};

const presence: Scenario = {
  name: 'presence',
  title: 'Presence storm: 200 clients in 1 document, 5 caret moves/s each',
  documents: () => 1,
  withoutStorage: false,
  lines: LINES.presence,
  run: (session, quick) =>
    session.run('presence', {
      clients: quick ? 20 : 200,
      perSecond: 5,
      warmMs: quick ? 500 : 4_000,
      ms: quick ? 2_000 : 10_000,
    }),
};

type Trial = { name: string; rate: number; ms: number; killAfterMs: number };

const TRIALS: readonly Trial[] = [
  { name: 'burst', rate: 50, ms: 1_000, killAfterMs: 100 },
  { name: 'typing', rate: 50, ms: 12_000, killAfterMs: 100 },
  { name: 'stream', rate: 500, ms: 2_000, killAfterMs: 0 },
  { name: 'flood', rate: 5_000, ms: 2_000, killAfterMs: 0 },
];

const kill: Scenario = {
  name: 'kill',
  title: 'kill -9: edits that a peer had seen and that are gone after a restart',
  documents: () => 1,
  withoutStorage: false,
  rounds: 2,
  lines: LINES.kill,
  run: async (session, quick) => {
    const metrics: Metrics = {};
    for (const { name, rate, ms, killAfterMs } of TRIALS) {
      const length = quick ? Math.min(ms, 1_000) : ms;
      const { clientId, seen } = await session.run('writeUntilKilled', { rate, ms: length, killAfterMs });
      await session.kill();
      const left = await session.run('count', { clientId });
      metrics[`${name}Seen`] = seen;
      metrics[`${name}Lost`] = Math.max(0, seen - left);
    }
    return metrics;
  },
};

export const SCENARIOS: readonly Scenario[] = [
  fanOut,
  manyDocuments,
  saturateOne,
  saturateMany,
  openAuthors,
  openPaper,
  idle,
  presence,
  kill,
];
