import type { Fault } from './fault.ts';
import { closeScene, openScene, pass, RATE, recover } from './scene.ts';
import type { Lie } from './wire.ts';
import { lies } from './wire.ts';

/** Share of the answers that are lies, as long as there are any. */
const SHARE = 0.3;

export const storeErrors: Fault = {
  id: 'F6',
  title: 'the database is killed, and answers wrongly',
  run: async (ground, findings) => {
    const { random, quick } = ground;
    const told = new Map<Lie, number>();
    const next = (): Lie | null => {
      if (random() >= SHARE) return null;
      const lie = lies[Math.floor(random() * lies.length)] ?? null;
      if (lie) told.set(lie, (told.get(lie) ?? 0) + 1);
      return lie;
    };
    const scene = await openScene(ground, findings);
    const { installation, crowd } = scene;
    const kills = quick ? 2 : 20;
    for (let kill = 1; kill <= kills; kill += 1) {
      crowd.startWriting(RATE);
      await pass(50 + random() * (quick ? 200 : 1_500));
      await installation.store.kill();
      await installation.store.start();
      await recover(ground, findings, scene);
    }
    installation.lie(next);
    crowd.startWriting(RATE);
    await crowd.untilMore(quick ? 40 : 1_500);
    installation.lie(() => null);
    await recover(ground, findings, scene);
    findings.notes.push(`${kills} kills`, ...[...told].map(([lie, times]) => `${times} × ${lie}`));
    await closeScene(scene, findings);
  },
};
