import type { TestPerson } from '../test/harness.ts';
import { type Follower, follow } from './meeting-followers.ts';
import { childrenOf, cpuOf, delay, seeded } from './meeting-numbers.ts';
import { type Member, type Stage, setStage } from './meeting-stage.ts';

export type SittingOptions = {
  readonly participants: number;
  readonly changes: number;
  readonly seed: number;
  readonly profileDir?: string | undefined;
};

/** Changes of one kind: from their request until they were answered, and until each participant held the new state. */
export type Measured = {
  readonly what: string;
  readonly changes: number;
  readonly answeredMs: readonly number[];
  readonly heldMs: readonly number[];
  /** Until the last participant held it, of each change. */
  readonly lastMs: readonly number[];
};

/** What a stretch of the sitting cost: milliseconds of the processor, news told, answers read, and how long they were. */
export type Cost = {
  readonly what: string;
  readonly changes: number;
  readonly serverMs: number;
  readonly databaseMs: number;
  readonly hereMs: number;
  readonly told: number;
  readonly reads: number;
  readonly bytes: number;
};

type Sitting = { readonly stage: Stage; readonly followers: readonly Follower[]; readonly random: () => number };
/** What an act of somebody is answered with: the state that everybody must come to hold. */
type Act = () => Promise<{ readonly id: string; readonly rev: number }>;
type Timing = { readonly answeredMs: number; readonly heldMs: readonly number[] };

const IDLE_MS = 3_000;
/** Between two changes of a sitting, beyond the time until everybody holds the one before: from this on, twice it at most. */
const GAP_MS = 200;

async function timed(followers: readonly Follower[], act: Act): Promise<Timing> {
  const begun = performance.now();
  const { id, rev } = await act();
  const answeredMs = performance.now() - begun;
  const held = await Promise.all(followers.map((one) => one.heldAt(id, rev)));
  return { answeredMs, heldMs: held.map((at) => at - begun) };
}

const gathered = (what: string, timings: readonly Timing[]): Measured => ({
  ...{ what, changes: timings.length, answeredMs: timings.map(({ answeredMs }) => answeredMs) },
  heldMs: timings.flatMap(({ heldMs }) => heldMs),
  lastMs: timings.map(({ heldMs }) => Math.max(...heldMs)),
});

/** What the work costs the server, its database and this process; with everything read that was told. */
async function costOf(sitting: Sitting, what: string, changes: number, work: () => Promise<void>): Promise<Cost> {
  const { stage, followers } = sitting;
  const database = childrenOf(stage.pid());
  const counters = () => {
    const here = process.cpuUsage();
    const counts = followers.map((one) => one.counts());
    const sum = (key: 'told' | 'reads' | 'bytes') => counts.reduce((total, one) => total + one[key], 0);
    return {
      serverMs: cpuOf(stage.pid()),
      databaseMs: database.reduce((sum, pid) => sum + cpuOf(pid), 0),
      hereMs: (here.user + here.system) / 1_000,
      ...{ told: sum('told'), reads: sum('reads'), bytes: sum('bytes') },
    };
  };
  const before = counters();
  await work();
  await Promise.all(followers.map((one) => one.settled()));
  const after = counters();
  const spent = (key: keyof typeof before): number => after[key] - before[key];
  return {
    ...{ what, changes, serverMs: spent('serverMs'), databaseMs: spent('databaseMs'), hereMs: spent('hereMs') },
    ...{ told: spent('told'), reads: spent('reads'), bytes: spent('bytes') },
  };
}

/** What a chair does, one after the other and again: the name of each, and the act. */
async function chairActs(
  { stage }: Sitting,
  api: TestPerson['api'],
): Promise<readonly (readonly [string, () => Act])[]> {
  const { meetings, polls } = api;
  const { meetingId: id, itemIds, members } = stage;
  let item = 0;
  let who = 0;
  let speakerId = '';
  let pollId = '';
  const next = (): Member => {
    who = (who + 1) % members.length;
    return members[who] ?? stage.chair;
  };
  const turn = (): Act => {
    item = (item + 1) % itemIds.length;
    return () => meetings.turnTo({ id, itemId: itemIds[item] ?? null });
  };
  /** A poll is prepared before its opening is timed. */
  const opening = (): Act => async () => polls.open({ id: pollId });
  const prepared = (): Act => async () => {
    const poll = {
      itemId: itemIds[item] ?? '',
      question: 'Adopt it?',
      method: 'motion',
      secrecy: 'named-live',
    } as const;
    pollId = (await polls.create({ id, ...poll, majority: 'ordinary' })).id;
    return meetings.get({ id });
  };
  const asked = (): Act => async () => {
    const meeting = await meetings.askToSpeak({ id, kind: 'speech', personId: next().id });
    speakerId = meeting.speakers.findLast(({ state }) => state === 'waiting')?.id ?? '';
    return meeting;
  };
  const person = (): string => members[who]?.id ?? '';
  return [
    ['turn to an item', turn],
    ['clock', () => () => meetings.clock({ id, do: 'stop' })],
    ['clock', () => () => meetings.clock({ id, do: 'add', seconds: 60 })],
    ['clock', () => () => meetings.clock({ id, do: 'run' })],
    ['ask to speak for somebody', asked],
    ['give the floor', () => () => meetings.speaker({ id, speakerId, do: 'start' })],
    ['take the floor', () => () => meetings.speaker({ id, speakerId, do: 'end' })],
    ['attendance', () => () => meetings.attend({ id, what: 'out', personId: person() })],
    ['attendance', () => () => meetings.attend({ id, what: 'in', personId: person() })],
    ['', prepared],
    ['open a poll', opening],
    ['close a poll', () => () => polls.close({ id: pollId })],
  ];
}

async function chairWorks(sitting: Sitting, changes: number): Promise<{ measured: Measured[]; cost: Cost }> {
  const { stage, followers, random } = sitting;
  const acts = await chairActs(sitting, await stage.api(stage.chair));
  const timings = new Map<string, Timing[]>();
  let done = 0;
  const cost = await costOf(sitting, 'changes by the chair', changes, async () => {
    for (let n = 0; done < changes; n += 1) {
      const [what, act] = acts[n % acts.length] ?? ['', () => async () => ({ id: '', rev: 0 })];
      if (what === '') {
        await act()();
        continue;
      }
      timings.set(what, [...(timings.get(what) ?? []), await timed(followers, act())]);
      done += 1;
      await delay(GAP_MS * (1 + random()));
    }
  });
  const byKind = [...timings].map(([what, all]) => gathered(what, all));
  return { measured: [...byKind, gathered('all of these', [...timings.values()].flat())], cost };
}

/** So many raise their hands within this time, on an item that nobody has asked to speak on. */
async function handsUp(sitting: Sitting, what: string, wave: { hands: number; withinMs: number; itemId: string }) {
  const { stage, followers } = sitting;
  const { hands, withinMs, itemId } = wave;
  const { meetingId: id, chair } = stage;
  const turned = await (await stage.api(chair)).meetings.turnTo({ id, itemId });
  await Promise.all(followers.map((one) => one.heldAt(id, turned.rev)));
  const askers = stage.members.slice(1, 1 + hands);
  const apis = await Promise.all(askers.map((member) => stage.api(member)));
  let timings: Timing[] = [];
  const cost = await costOf(sitting, what, hands, async () => {
    timings = await Promise.all(
      apis.map(async ({ meetings }, n) => {
        await delay((n * withinMs) / hands);
        return timed(followers, () => meetings.askToSpeak({ id, kind: 'speech' }));
      }),
    );
  });
  return { measured: gathered(what, timings), cost };
}

/** A sitting that so many people follow, measured. */
export async function runSitting(options: SittingOptions): Promise<{ measured: Measured[]; costs: Cost[] }> {
  const { participants, changes, seed, profileDir } = options;
  const stage = await setStage({ people: participants + 1, items: 12, profileDir });
  const followers: Follower[] = [];
  try {
    const url = await stage.url();
    for (const member of stage.members.slice(1)) followers.push(await follow(url, member, stage.meetingId));
    const sitting: Sitting = { stage, followers, random: seeded(seed) };
    const idle = await costOf(sitting, `nothing, for ${IDLE_MS / 1_000} s`, 1, () => delay(IDLE_MS));
    const chaired = await chairWorks(sitting, changes);
    const [one = '', two = '', three = ''] = stage.itemIds.slice(-3);
    const ten = Math.min(10, participants);
    const waves = [
      await handsUp(sitting, `${ten} hands at once`, { hands: ten, withinMs: 0, itemId: one }),
      await handsUp(sitting, `${ten} hands at once, again`, { hands: ten, withinMs: 0, itemId: two }),
      await handsUp(sitting, `${participants} hands in 1 s`, { hands: participants, withinMs: 1_000, itemId: three }),
    ];
    return {
      measured: [...chaired.measured, ...waves.map(({ measured }) => measured)],
      costs: [idle, chaired.cost, ...waves.map(({ cost }) => cost)],
    };
  } finally {
    for (const follower of followers) follower.close();
    await stage.stop();
  }
}
