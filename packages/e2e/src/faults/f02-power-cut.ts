import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Findings, Ground } from './fault.ts';
import { acknowledgedNow, compare, readStored } from './judge.ts';
import { lacksImages, makeImage, mountImage } from './mounts.ts';
import type { Scene } from './scene.ts';
import { closeScene, openScene, pass } from './scene.ts';
import { startStore } from './store-process.ts';

/**
 * Holds everything between two instructions, copies the disk as it is, and reads the copy on its own: what was only in
 * the memory of the machine is not on it.
 */
async function cutPower(
  ground: Ground,
  findings: Findings,
  { installation, crowd }: Scene,
  image: string,
): Promise<void> {
  const { store, first } = installation;
  store.freeze();
  first.server().child.signal('SIGSTOP');
  // What the server had sent before it was held is still on its way to the writers.
  await pass(20);
  const acknowledged = acknowledgedNow(crowd);
  const copy = join(ground.folder, 'copy.img');
  execFileSync('cp', ['--sparse=always', image, copy]);
  store.thaw();
  first.server().child.signal('SIGCONT');
  const disk = mountImage(ground, copy);
  try {
    const afterwards = await startStore(join(disk.path, 'store'));
    const began = performance.now();
    compare(acknowledged, await readStored(afterwards.port, installation.documents), findings);
    findings.recoveryMs.push(performance.now() - began);
    await afterwards.kill();
  } finally {
    disk.unmount();
  }
}

export const powerCut: Fault = {
  id: 'F2',
  title: 'the power is cut, and with it what no disk holds',
  lacks: lacksImages,
  run: async (ground, findings) => {
    const image = makeImage(ground, 'disk.img', 512);
    const disk = mountImage(ground, image);
    const folder = join(disk.path, 'store');
    mkdirSync(folder);
    const scene = await openScene(ground, findings, { storeFolder: folder });
    const cuts = ground.quick ? 1 : 50;
    for (let cut = 1; cut <= cuts; cut += 1) {
      await pass(100 + ground.random() * 900);
      await cutPower(ground, findings, scene, image);
      ground.say(`cut ${cut}: ${findings.lost.length} lost, ${findings.doubled.length} doubled`);
    }
    findings.notes.push(`${cuts} cuts`);
    await closeScene(scene, findings);
  },
};
