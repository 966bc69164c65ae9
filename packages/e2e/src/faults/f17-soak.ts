import { open, synced } from '../member.ts';
import type { ServerProcess } from '../server-process.ts';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import { collectGarbage, INSPECTED, inspectorOf } from './garbage.ts';
import type { Installation } from './installation.ts';
import { metricsOf, rssOf } from './probe.ts';
import type { Scene } from './scene.ts';
import { closeScene, openScene, pass, recover } from './scene.ts';

/** Connections to the database that its driver may have open at any time, for the short version, which does not wait. */
const POOL = 32;
/** Documents that are visited in turn: so many that each is put away, half a minute after a visit, before the next. */
const DOCUMENTS = 2_000;

type Sample = { readonly minute: number; readonly megabytes: number };

/** How often memory is looked at. */
const LOOK_MS = 30_000;

/**
 * What a server holds when its garbage has been collected, in megabytes: its resident memory without what its heap
 * keeps in reserve. V8 lets a hundred megabytes more or less lie as it likes, which would hide in half an hour what a
 * leak takes.
 */
async function memoryOf({ url, child }: Pick<ServerProcess, 'url' | 'child'>, inspector: string): Promise<number> {
  await collectGarbage(inspector);
  const metric = await metricsOf(url);
  const reserve = metric('nodejs_heap_size_total_bytes') - metric('nodejs_heap_size_used_bytes');
  return (rssOf(child.pid) - reserve) / 1e6;
}

/** Slope of the line through the samples, in megabytes a minute (least squares). */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ megabytes }) => megabytes))];
  const spread = samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  const common = samples.reduce((sum, { minute, megabytes }) => sum + (minute - x) * (megabytes - y), 0);
  return spread === 0 ? 0 : common / spread;
}

/** Somebody comes into a document, writes a word and leaves. */
async function visit({ member }: Installation, documentId: string, word: string): Promise<void> {
  const visitor = open(member, documentId);
  try {
    await synced(visitor);
    visitor.doc.getText('visits').insert(0, word);
    await pass(20);
  } finally {
    visitor.close();
  }
}

/** Open files and handles of a server, and what it holds in memory. */
async function held(url: string): Promise<{ handles: number; files: number; documents: number; sockets: number }> {
  const metric = await metricsOf(url);
  return {
    handles: metric('nodejs_active_handles_total'),
    files: metric('process_open_fds'),
    documents: metric('documents_open'),
    sockets: metric('document_sockets'),
  };
}

async function storm(
  ground: Ground,
  { installation }: Scene,
  documents: readonly string[],
  until: number,
): Promise<Sample[]> {
  const server = installation.first.server();
  const inspector = inspectorOf(server.child);
  const samples: Sample[] = [];
  let looked = Number.NEGATIVE_INFINITY;
  const began = performance.now();
  const [pauseMs, atOnce] = ground.quick ? [100, 5] : [1_000, 50];
  for (let turn = 0; performance.now() - began < until; turn += 1) {
    const turned = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, (_, at) =>
        visit(installation, documents[(turn * atOnce + at) % documents.length] ?? '', `${turn};`),
      ),
    );
    if (performance.now() - looked >= LOOK_MS) {
      looked = performance.now();
      samples.push({ minute: (looked - began) / 60_000, megabytes: await memoryOf(server, inspector) });
    }
    await pass(Math.max(0, pauseMs - (performance.now() - turned)));
  }
  return samples;
}

async function judgeCalm(
  ground: Ground,
  findings: Findings,
  url: string,
  before: Awaited<ReturnType<typeof held>>,
): Promise<void> {
  const limit = performance.now() + 150_000;
  // A document without people is kept for half a minute, in case they come back, and idle connections to the database
  // for a minute: the short version does not wait.
  const calm = ({ sockets, documents, handles }: typeof before) =>
    sockets === 0 && (ground.quick || (documents === 0 && handles <= before.handles));
  let after = await held(url);
  while (!calm(after) && performance.now() < limit) {
    await pass(250);
    after = await held(url);
  }
  hold(findings, calm(after), `documents and sockets go (${JSON.stringify(after)})`);
  hold(
    findings,
    after.handles <= before.handles + (ground.quick ? POOL : 0),
    `handles return (${before.handles} → ${after.handles})`,
  );
  hold(findings, after.files <= before.files + POOL, `open files return (${before.files} → ${after.files})`);
  findings.notes.push(`before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
}

export const soak: Fault = {
  id: 'F17',
  title: 'people come and go for a long time',
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings, { writers: 3, server: { env: INSPECTED } });
    const { installation, crowd } = scene;
    const { url, child } = installation.first.server();
    const documents: string[] = [];
    for (let index = 0; index < (ground.quick ? 20 : DOCUMENTS); index += 1)
      documents.push(await installation.createDocument());
    const before = await held(url);
    const samples = await storm(ground, scene, documents, ground.quick ? 2_000 : ground.minutes * 60_000);
    const warm = samples.slice(Math.floor(samples.length / 3));
    const slope = slopeOf(warm);
    const ends = [warm[0], warm.at(-1)].map((sample) => Math.round(sample?.megabytes ?? 0)).join(' → ');
    findings.notes.push(
      `RSS ${Math.round(rssOf(child.pid) / 1e6)} MB, of it held ${ends} MB, slope ${slope.toFixed(2)} MB a minute after warm-up`,
    );
    hold(findings, ground.quick || slope <= 1, `memory grows by 1 MB a minute at most (${slope.toFixed(2)})`);
    await recover(ground, findings, scene);
    crowd.leave();
    await judgeCalm(ground, findings, url, before);
    await closeScene(scene, findings);
  },
};
