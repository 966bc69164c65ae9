import { until } from '../until.ts';
import { textOf } from './crowd.ts';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import { statusOf } from './probe.ts';
import { lacksRedis } from './redis-process.ts';
import type { Scene } from './scene.ts';
import { closeScene, openScene, pass, RATE } from './scene.ts';

const AGREED_MS = 10_000;

/** Whether all who have the same document open read the same. */
const agree = ({ crowd, installation }: Scene): boolean =>
  installation.documents.every((id) => {
    const texts = crowd.writers.filter(({ documentId }) => documentId === id).map(({ doc }) => textOf(doc));
    return new Set(texts).size <= 1;
  });

/** Takes Redis away and gives it back: everybody is acknowledged meanwhile, and reads the same soon afterwards. */
async function without(ground: Ground, findings: Findings, scene: Scene, how: 'killed' | 'silent'): Promise<void> {
  const { installation, crowd } = scene;
  const { redis, first } = installation;
  crowd.startWriting(RATE);
  await crowd.untilMore(crowd.writers.length);
  if (how === 'killed') await redis?.kill();
  else redis?.freeze();
  const began = performance.now();
  await crowd.untilMore(2 * crowd.writers.length);
  while ((await statusOf(`${first.server().url}/readyz`, undefined, 10_000)) !== 503) await pass(100);
  hold(findings, (await statusOf(`${first.server().url}/healthz`)) === 200, 'the server is alive');
  await pass((ground.quick ? 0 : 15_000) - (performance.now() - began));
  if (how === 'killed') await redis?.start();
  else redis?.thaw();
  const back = performance.now();
  await crowd.untilMore(crowd.writers.length);
  crowd.stopWriting();
  await crowd.untilSaved();
  await until('all read the same', () => agree(scene));
  const took = performance.now() - back;
  findings.recoveryMs.push(took);
  hold(
    findings,
    ground.quick || took <= AGREED_MS,
    `all read the same within ${AGREED_MS} ms (${Math.round(took)} ms)`,
  );
}

export const redisAway: Fault = {
  id: 'F7',
  title: 'Redis is away, with one server and with two',
  lacks: lacksRedis,
  run: async (ground, findings) => {
    if (!ground.quick) {
      const alone = await openScene(ground, findings, { redis: true });
      await without(ground, findings, alone, 'killed');
      await closeScene(alone, findings);
    }
    const scene = await openScene(ground, findings, { redis: true, servers: 2, documents: ground.quick ? 2 : 5 });
    await without(ground, findings, scene, 'killed');
    if (!ground.quick) await without(ground, findings, scene, 'silent');
    const closes = scene.crowd.writers.flatMap((writer) => writer.closes);
    hold(findings, closes.length === 0, `nobody is sent away (${closes})`);
    await closeScene(scene, findings);
  },
};
