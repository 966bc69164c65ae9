import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf, PASSWORD, type TestPerson } from '../test/harness.ts';
import { type Running, runServer } from '../test/process.ts';
import { childrenOf, inLanes } from './meeting-numbers.ts';

/** Somebody in a seat, whose session outlives the server. */
export type Member = { readonly name: string; readonly id: string; readonly cookie: string; readonly seatId: string };

/** A meeting in session at which everybody is present, on a server of its own that can be killed. */
export type Stage = {
  readonly meetingId: string;
  readonly itemIds: readonly string[];
  readonly chair: Member;
  /** Everybody with a seat; the chair is the first. */
  readonly members: readonly Member[];
  /** Where the server is; while it is being started again, where it will be. */
  url(): Promise<string>;
  /** The typed client of somebody, at the server that runs now. */
  api(member: Member): Promise<TestPerson['api']>;
  pid(): number;
  /**
   * `kill -9`, and a new server on the same data, at another port; answers how long that took. The database ends with its
   * server in whatever it is doing, since the channel between them breaks; or is killed at the same instant (`together`).
   */
  killAndRestart(together: boolean): Promise<number>;
  stop(): Promise<void>;
};

/** Sign-ups under way at once: what they cost is hashing, on all cores. */
const LANES = 4;
const PROFILED = 'server/bench/meeting-profiled.ts';
const HOUR_MS = 3_600_000;

async function signUp(url: string, name: string): Promise<{ id: string; cookie: string }> {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name, email: `${name}@test.example`, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const { user } = (await response.json()) as { user: { id: string } };
  return { id: user.id, cookie };
}

/** So many people in a body, each in a seat of one vote; the first of them is the chair. */
async function seatPeople(url: string, office: TestPerson['api'], count: number) {
  const names = Array.from({ length: count }, (_, n) => `member-${n}`);
  const people = await inLanes(names, LANES, async (name) => ({ name, ...(await signUp(url, name)) }));
  const { id } = await office.governance.create({ name: 'Assembly', kind: 'plenary' });
  const members: Member[] = [];
  for (const [n, person] of people.entries()) {
    const seat = await office.governance.addSeat({ id, title: `Seat ${n + 1}` });
    const role = n === 0 ? 'chair' : 'member';
    await office.governance.giveMandate({ id, personId: person.id, role, seatId: seat.id });
    members.push({ ...person, seatId: seat.id });
  }
  return { bodyId: id, members };
}

/** A meeting of the body with so many items, in session on the first, with everybody there. */
async function beginMeeting(api: TestPerson['api'], bodyId: string, items: number, members: readonly Member[]) {
  const { meetings } = api;
  const at = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();
  const { id } = await meetings.create({
    ...{ bodyId, title: 'January', mode: 'hybrid', timeZone: 'Europe/Paris', startAt: at(1), endAt: at(3) },
  });
  for (let n = 1; n <= items; n += 1)
    await meetings.addItem({ id, title: `Item ${n} of the agenda`, kind: 'decision', plannedSec: 600 });
  const { agenda } = await meetings.convene({ id, urgency: 'It is measured' });
  await meetings.open({ id });
  for (const { id: personId } of members) await meetings.attend({ id, what: 'in', personId });
  const itemIds = agenda.map((item) => item.id);
  await meetings.turnTo({ id, itemId: itemIds[0] ?? null });
  return { meetingId: id, itemIds };
}

/** @param profileDir where profiles of the servers are written as they end; none are made without */
export async function setStage(options: {
  people: number;
  items: number;
  profileDir?: string | undefined;
}): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concert-meeting-'));
  const env = { RATE_LIMITS: 'off', LOG_LEVEL: 'warn' };
  const { profileDir } = options;
  const start = (): Running =>
    profileDir === undefined
      ? runServer({ dataDir, env })
      : runServer({ dataDir, env: { ...env, PROFILE_DIR: profileDir }, entry: PROFILED });
  let running = start();
  let url: Promise<string> = running.ready();
  const stop = async (): Promise<void> => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const { url: origin, cookie } = await running.administrator();
    const { bodyId, members } = await seatPeople(origin, clientOf(origin, { cookie }), options.people);
    const [chair] = members;
    if (chair === undefined) throw new Error('nobody is there');
    const made = await beginMeeting(clientOf(origin, { cookie: chair.cookie }), bodyId, options.items, members);
    return {
      ...{ ...made, chair, members, stop },
      url: () => url,
      api: async (member) => clientOf(await url, { cookie: member.cookie }),
      pid: () => running.child.pid ?? 0,
      killAndRestart: async (together) => {
        const { child, exited } = running;
        const database = together ? childrenOf(child.pid ?? 0) : [];
        const begun = performance.now();
        // From here on whoever asks where the server is waits for the next one.
        url = exited.then(() => {
          running = start();
          return running.ready();
        });
        child.kill('SIGKILL');
        for (const pid of database) process.kill(pid, 'SIGKILL');
        await url;
        return performance.now() - begun;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
