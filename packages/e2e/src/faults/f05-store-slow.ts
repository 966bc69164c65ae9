import { until } from '../until.ts';
import type { Fault } from './fault.ts';
import { hold } from './fault.ts';
import type { Pace } from './link.ts';
import { metricOf, rssOf } from './probe.ts';
import { closeScene, openScene, pass, RATE, recover } from './scene.ts';

const PACES: readonly { readonly what: string; readonly pace: Partial<Pace> }[] = [
  { what: '200 ms', pace: { delayMs: 100 } },
  { what: '2 s', pace: { delayMs: 1_000 } },
  { what: '10 s', pace: { delayMs: 5_000 } },
  { what: '10 kB/s', pace: { bytesPerSecond: 10_000 } },
];

export const storeSlow: Fault = {
  id: 'F5',
  title: 'the database is slow',
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings);
    const { installation, crowd } = scene;
    const { toStore, server } = installation.first;
    const before = rssOf(server().child.pid);
    for (const { what, pace } of ground.quick ? PACES.slice(0, 1) : PACES) {
      crowd.startWriting(RATE);
      await crowd.untilMore(crowd.writers.length);
      toStore.slow(pace);
      if (ground.quick) await crowd.untilMore(2 * crowd.writers.length);
      else await pass(30_000);
      const backlog = await metricOf(server().url, 'document_backlog_bytes');
      findings.notes.push(`answers after ${what}: ${backlog} bytes wait`);
      hold(findings, backlog < 4_000_000, `what waits stays small with ${what}`);
      await toStore.heal();
      await recover(ground, findings, scene, 15_000);
      await until('every writer is in', () => crowd.isIn());
    }
    const grown = findings.rss - before;
    hold(findings, ground.quick || grown <= 64e6, `memory grows by 64 MB at most (${Math.round(grown / 1e6)} MB)`);
    await closeScene(scene, findings);
  },
};
