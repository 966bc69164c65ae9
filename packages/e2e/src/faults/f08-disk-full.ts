import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../code-of.ts';
import type { Fault } from './fault.ts';
import { hold } from './fault.ts';
import { lacksMemory, mountMemory } from './mounts.ts';
import { metricOf, statusOf } from './probe.ts';
import { closeScene, openScene, pass, RATE, recover } from './scene.ts';

/** Fills a file system to the last byte. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 1_000_000; size >= 1; size = Math.floor(size / 10)) {
      const bytes = Buffer.alloc(size, 1);
      try {
        for (;;) writeSync(file, bytes);
      } catch (error) {
        if (codeOf(error) !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}

export const diskFull: Fault = {
  id: 'F8',
  title: 'the disk of the database is full',
  lacks: lacksMemory,
  run: async (ground, findings) => {
    const disk = mountMemory(ground, 64);
    const storeFolder = join(disk.path, 'store');
    mkdirSync(storeFolder);
    const scene = await openScene(ground, findings, { storeFolder });
    const { installation, crowd } = scene;
    const { server } = installation.first;
    const rounds = ground.quick ? 1 : 3;
    for (let round = 1; round <= rounds; round += 1) {
      crowd.startWriting(RATE);
      await crowd.untilMore(crowd.writers.length);
      const failures = await metricOf(server().url, 'document_store_errors_total');
      fill(join(disk.path, 'filler'));
      // What little room is left inside the file of the database is used up first.
      while ((await metricOf(server().url, 'document_store_errors_total')) < failures + 2) await pass(50);
      const content = `${server().url}/api/documents/${installation.documents[0]}/content?format=json`;
      hold(findings, (await statusOf(content, installation.member, 10_000)) === 200, 'documents are read');
      hold(findings, (await statusOf(`${server().url}/healthz`)) === 200, 'the server is alive');
      if (!ground.quick) await pass(10_000);
      // A database that is started on a full disk keeps what it has.
      if (round === 2) {
        await installation.store.kill();
        await installation.store.start();
      }
      rmSync(join(disk.path, 'filler'));
      await recover(ground, findings, scene);
    }
    await closeScene(scene, findings);
  },
};
