import { readdirSync } from 'node:fs';
import WebSocket from 'ws';
import type { Member } from '../member.ts';
import { open } from '../member.ts';
import { until } from '../until.ts';
import { Crowd, connect, createWriter, write } from './crowd.ts';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import { metricOf, statusOf } from './probe.ts';
import { closeScene, openScene, pass, recover } from './scene.ts';

/** How many files and sockets a process has open. */
const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Opens sockets on a document, whatever becomes of them; answers how many are open. */
async function knock(
  member: Member,
  documentId: string,
  count: number,
): Promise<{ open: number; sockets: WebSocket[] }> {
  const headers = { authorization: `Bearer ${member.token}` };
  const address = `${member.url.replace(/^http/, 'ws')}/sync/${documentId}`;
  const sockets = Array.from({ length: count }, () => new WebSocket(address, { headers, handshakeTimeout: 10_000 }));
  const outcomes = await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<boolean>((resolve) => {
          socket.once('open', () => resolve(true));
          socket.on('error', () => resolve(false));
        }),
    ),
  );
  return { open: outcomes.filter(Boolean).length, sockets };
}

/** Files that a server may have open beyond those that it has when nobody is there. */
const SPARE = 60;

async function fewFiles(ground: Ground, findings: Findings): Promise<void> {
  // Reading its own modules takes a server more than a hundred for a moment.
  const limit = ground.quick ? 192 : 256;
  const within = ['sh', '-c', `ulimit -n ${limit}; exec "$0" "$@"`];
  const scene = await openScene(ground, findings, { server: { within } });
  const { installation, crowd } = scene;
  const { server } = installation.first;
  const used = openFiles(server().child.pid);
  const { open: opened, sockets } = await knock(
    installation.member,
    installation.documents[0] ?? '',
    limit - used + SPARE,
  );
  findings.notes.push(`${limit} files: ${used} in use, then ${opened} of ${sockets.length} more sockets got in`);
  hold(findings, opened < sockets.length, 'there are more sockets than files');
  await crowd.untilMore(crowd.writers.length);
  hold(findings, !server().child.hasEnded(), 'the server lives on');
  for (const socket of sockets) socket.terminate();
  await until('it takes sockets again', () => openFiles(server().child.pid) < limit - 5);
  const newcomer = open(installation.member, installation.documents[0] ?? '');
  ground.atEnd(() => newcomer.close());
  await until('a newcomer is in', () => newcomer.provider.synced);
  hold(findings, (await statusOf(`${server().url}/readyz`, undefined, 10_000)) === 200, 'it is ready');
  await recover(ground, findings, scene);
  await closeScene(scene, findings);
}

const BIG = 1_500_000;

/** Bytes that wait for the database; none when the server does not answer any more. */
const waiting = (url: string): Promise<number> => metricOf(url, 'document_backlog_bytes').catch(() => 0);

/** As much text as may wait for the database, in a small heap; ended or not, nothing acknowledged is lost. */
async function littleMemory(ground: Ground, findings: Findings): Promise<void> {
  const scene = await openScene(ground, findings, { server: { env: { NODE_OPTIONS: '--max-old-space-size=256' } } });
  const { installation } = scene;
  const { toStore, server } = installation.first;
  const documents: string[] = [];
  for (let index = 0; index < 12; index += 1) documents.push(await installation.createDocument());
  const big = new Crowd(
    documents.map((id, index) => createWriter(`big${index}`, id)),
    ground.random,
  );
  ground.atEnd(() => big.leave());
  for (const writer of big.writers) connect(writer, installation.member);
  await until('all are in', () => big.isIn());
  toStore.stall();
  for (let turn = 0; turn < 4; turn += 1) for (const writer of big.writers) write(writer, BIG);
  const { url, child } = server();
  // Until nearly all of it waits, or the heap was not enough, or no more comes.
  const limit = performance.now() + 30_000;
  let bytes = 0;
  while (!child.hasEnded() && bytes < 0.8 * 12 * 4 * BIG && performance.now() < limit) {
    await pass(250);
    bytes = await waiting(url);
  }
  findings.notes.push(`${bytes} bytes waited in 256 MB of heap`);
  await toStore.heal();
  if (server().child.hasEnded()) {
    findings.notes.push('the small heap was not enough: the server was started again');
    await installation.first.start();
  }
  const took = await big.untilSaved(120_000);
  findings.notes.push(`256 MB of heap: ${12 * 4 * BIG} bytes saved ${Math.round(took)} ms after the return`);
  await recover(ground, findings, scene, 60_000);
  scene.crowd.writers.push(...big.writers);
  await closeScene(scene, findings);
}

export const limited: Fault = {
  id: 'F9',
  title: 'the server has few files and little memory',
  lacks: () => (process.platform === 'linux' ? null : 'open files of a process cannot be counted here'),
  run: async (ground, findings) => {
    await fewFiles(ground, findings);
    if (!ground.quick) await littleMemory(ground, findings);
  },
};
