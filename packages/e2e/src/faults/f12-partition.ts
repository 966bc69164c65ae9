import { until } from '../until.ts';
import { connect } from './crowd.ts';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import type { Instance } from './installation.ts';
import type { Direction } from './link.ts';
import { Link } from './link.ts';
import { metricOf } from './probe.ts';
import { lacksRedis } from './redis-process.ts';
import type { Scene } from './scene.ts';
import { closeScene, openScene, pass, RATE, recover } from './scene.ts';

const cut = ({ toStore, toRedis }: Instance, directions?: readonly Direction[]): void => {
  toStore.stall(directions);
  toRedis?.stall(directions);
};
const heal = async ({ toStore, toRedis }: Instance): Promise<void> => {
  await toStore.heal();
  await toRedis?.heal();
};

/** The second server is cut off from database and Redis; people go on at both, and only the first acknowledges. */
async function cutOff(
  ground: Ground,
  findings: Findings,
  scene: Scene,
  directions: readonly Direction[],
): Promise<void> {
  const { installation, crowd } = scene;
  const [, second] = installation.instances;
  if (!second) return;
  const there = crowd.writers.filter(({ opened }) => opened?.provider.url.includes(`:${second.server().port}/`));
  const here = crowd.writers.filter((writer) => !there.includes(writer));
  const counted = (writers: typeof there) =>
    writers.reduce((sum, { edits }) => sum + edits.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length, 0);
  crowd.startWriting(RATE);
  await crowd.untilMore(crowd.writers.length);
  cut(second, directions);
  // What had come back before the cut is still on its way to the writers.
  await pass(100);
  const before = { here: counted(here), there: counted(there) };
  await until('the first goes on', () => counted(here) >= before.here + here.length);
  await pass(ground.quick ? 1_000 : 30_000);
  const more = counted(there) - before.there;
  hold(findings, more === 0, `who is cut off acknowledges nothing (${more} edits)`);
  await heal(second);
  await recover(ground, findings, scene);
}

async function flap(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const { installation, crowd } = scene;
  const [, second] = installation.instances;
  if (!second) return;
  crowd.startWriting(RATE);
  for (let turn = 0; turn < 15; turn += 1) {
    cut(second);
    await pass(1_000);
    await heal(second);
    await pass(1_000);
  }
  await recover(ground, findings, scene);
}

/** People whose network falls silent: they are noticed to be gone, and what they wrote meanwhile follows. */
async function silentClients(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const { installation, crowd, members } = scene;
  const { server } = installation.first;
  const link = await Link.to(server().port);
  ground.atEnd(() => link.close());
  const [member] = members;
  const some = crowd.writers.slice(0, 3);
  if (!member) return;
  for (const writer of some) connect(writer, { ...member, url: `http://127.0.0.1:${link.port}` });
  await until('they are back', () => crowd.isIn());
  crowd.startWriting(RATE);
  const sockets = await metricOf(server().url, 'document_sockets');
  link.stall();
  const began = performance.now();
  while ((await metricOf(server().url, 'document_sockets')) > sockets - some.length) {
    if (performance.now() - began > 60_000) break;
    await pass(250);
  }
  const noticed = performance.now() - began;
  findings.notes.push(`half-open sockets noticed after ${Math.round(noticed)} ms`);
  hold(findings, noticed <= 35_000, `half-open sockets are noticed within two pings (${Math.round(noticed)} ms)`);
  await link.heal();
  // The stock client gives a silent connection up after 30 s.
  await until('they are back', () => crowd.isIn(), 60_000);
  await recover(ground, findings, scene);
}

export const partition: Fault = {
  id: 'F12',
  title: 'the network is cut in silence',
  lacks: lacksRedis,
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings, { redis: true, servers: 2, documents: ground.quick ? 2 : 5 });
    await cutOff(ground, findings, scene, ['there', 'back']);
    if (!ground.quick) {
      await cutOff(ground, findings, scene, ['back']);
      await cutOff(ground, findings, scene, ['there']);
      await flap(ground, findings, scene);
      await silentClients(ground, findings, scene);
    }
    await closeScene(scene, findings);
  },
};
