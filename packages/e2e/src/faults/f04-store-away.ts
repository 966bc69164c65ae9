import WebSocket from 'ws';
import type { Member } from '../member.ts';
import { until } from '../until.ts';
import type { Writer } from './crowd.ts';
import { Crowd, connect, createWriter, write } from './crowd.ts';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import type { Link } from './link.ts';
import { metricOf, rssOf, statusOf } from './probe.ts';
import type { Scene } from './scene.ts';
import { closeScene, nothingAcknowledged, openScene, pass, RATE, recover } from './scene.ts';

/** How a database can be away. */
const WAYS = {
  'refuses connections': (link: Link) => link.refuse(),
  'resets connections': (link: Link) => link.reset(),
  'takes connections and says nothing': (link: Link) => link.stall(),
} as const;
type Way = keyof typeof WAYS;

/** The status with which opening a document is refused, and after how long to try again; 101 when it is not refused. */
function openingStatus(
  member: Member,
  documentId: string,
): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${member.token}` };
    const socket = new WebSocket(`${member.url.replace(/^http/, 'ws')}/sync/${documentId}`, { headers });
    socket.once('unexpected-response', (request, response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      request.destroy();
    });
    socket.once('open', () => {
      resolve({ status: 101, retryAfter: undefined });
      socket.terminate();
    });
    socket.once('error', reject);
  });
}

async function away(ground: Ground, findings: Findings, scene: Scene, way: Way, seconds: number): Promise<void> {
  const { installation, crowd } = scene;
  const { toStore, server } = installation.first;
  const url = server().url;
  crowd.startWriting(RATE);
  await crowd.untilMore(crowd.writers.length);
  const began = performance.now();
  WAYS[way](toStore);
  await nothingAcknowledged(findings, crowd, `while the database ${way}`, async (begin) => {
    let status = 200;
    while (status !== 503) status = await statusOf(`${url}/readyz`, undefined, 10_000);
    begin();
    const red = performance.now() - began;
    hold(findings, (await statusOf(`${url}/healthz`)) === 200, 'the server is alive');
    const { status: opening, retryAfter } = await openingStatus(installation.member, installation.documents[0] ?? '');
    hold(findings, opening === 503 && retryAfter !== undefined, `opening answers 503 with Retry-After (${opening})`);
    ground.say(
      `the database ${way}: not ready after ${Math.round(red)} ms, opening refused after ${Math.round(performance.now() - began)} ms`,
    );
    await pass(Math.max(0, seconds * 1_000 - (performance.now() - began)));
  });
  hold(
    findings,
    crowd.writers.every(({ opened }) => opened?.provider.wsconnected === true),
    'nobody is sent away',
  );
  await toStore.heal();
  await recover(ground, findings, scene);
  hold(findings, (await statusOf(`${url}/readyz`, undefined, 10_000)) === 200, 'it is ready again');
}

const FLOODERS = 14;
const BIG = 1_900_000;

/** More than may wait for the database: who goes beyond is sent away to come back, and it is all saved in the end. */
async function flood(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const { installation } = scene;
  const { toStore, server } = installation.first;
  const writers: Writer[] = [];
  for (let index = 0; index < FLOODERS; index += 1) {
    writers.push(createWriter(`flood${index}`, await installation.createDocument()));
  }
  const crowd = new Crowd(writers, ground.random);
  ground.atEnd(() => crowd.leave());
  for (const writer of writers) connect(writer, installation.member);
  await until('all are in', () => crowd.isIn());
  for (const writer of writers) write(writer);
  await crowd.untilSaved();
  const before = rssOf(server().child.pid);
  toStore.stall();
  // Three of them come to less than the 8 MB that a client may bring along when it comes back.
  for (let turn = 0; turn < 3; turn += 1) for (const writer of writers) write(writer, BIG);
  await until('somebody is sent away', () => writers.some(({ closes }) => closes.includes(4503)), 60_000);
  const backlog = await metricOf(server().url, 'document_backlog_bytes');
  hold(findings, backlog <= 64_000_000, `at most 64 MB wait (${backlog})`);
  await toStore.heal();
  const took = await crowd.untilSaved(180_000);
  const grown = rssOf(server().child.pid) - before;
  findings.notes.push(
    `flood: ${Math.round(backlog / 1e6)} MB waited, RSS +${Math.round(grown / 1e6)} MB, saved ${Math.round(took)} ms after the return`,
  );
  scene.crowd.writers.push(...crowd.writers);
}

export const storeAway: Fault = {
  id: 'F4',
  title: 'the database is away',
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings);
    const ways = Object.keys(WAYS) as Way[];
    if (ground.quick)
      await away(ground, findings, scene, ways[Math.floor(ground.random() * ways.length)] ?? 'refuses connections', 1);
    else {
      for (const seconds of [5, 60]) for (const way of ways) await away(ground, findings, scene, way, seconds);
      await flood(ground, findings, scene);
    }
    await closeScene(scene, findings);
  },
};
