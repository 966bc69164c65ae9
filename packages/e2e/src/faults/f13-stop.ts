import WebSocket from 'ws';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import type { Scene } from './scene.ts';
import { back, closeScene, openScene, pass, RATE, recover } from './scene.ts';

/** Somebody who opens a document and then neither reads nor closes. */
async function hang(ground: Ground, { installation }: Scene): Promise<void> {
  const { url } = installation.first.server();
  const headers = { authorization: `Bearer ${installation.member.token}` };
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/sync/${installation.documents[0]}`, { headers });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  socket.pause();
  ground.atEnd(() => socket.terminate());
}

async function stopUnderLoad(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const { installation, crowd } = scene;
  crowd.startWriting(RATE);
  await crowd.untilMore(crowd.writers.length);
  await hang(ground, scene);
  await pass(ground.random() * 500);
  const before = crowd.writers.map(({ closes }) => closes.length);
  const began = performance.now();
  const code = await installation.first.server().stop();
  const took = performance.now() - began;
  hold(findings, code === 0, `a stop ends with 0 (${code}: ${installation.first.server().child.said().slice(-300)})`);
  hold(findings, ground.quick || took <= 10_000, `a stop takes 10 s at most (${Math.round(took)} ms)`);
  // Later ones are of tries to come back before it was there again.
  const told = crowd.writers.map(({ closes }, at) => closes[before[at] ?? 0]);
  hold(
    findings,
    told.every((code) => code === 1012),
    `everybody is told to come back (${told})`,
  );
  await installation.first.start();
  await back(crowd);
  findings.recoveryMs.push(performance.now() - began);
  ground.say(`stopped in ${Math.round(took)} ms, everybody back after ${Math.round(performance.now() - began)} ms`);
}

/** Without its database a server cannot save what waits: it says so, and the writers bring it along again. */
async function stopWithoutStore(
  ground: Ground,
  findings: Findings,
  scene: Scene,
  way: 'refuse' | 'stall',
): Promise<void> {
  const { installation, crowd } = scene;
  const { toStore, server } = installation.first;
  crowd.startWriting(RATE);
  await crowd.untilMore(crowd.writers.length);
  toStore[way]();
  await pass(1_000);
  const began = performance.now();
  const code = await server().stop();
  const took = performance.now() - began;
  ground.say(`stopped without its database (${way}) in ${Math.round(took)} ms with ${code}`);
  hold(findings, code === 1, `a stop that could not save ends with 1 (${code})`);
  hold(findings, took <= 26_000, `it ends within 25 s (${Math.round(took)} ms)`);
  hold(findings, server().child.said().includes('could not be saved'), 'it says that text could not be saved');
  await toStore.heal();
  await installation.first.start();
  await back(crowd);
  await recover(ground, findings, scene);
}

export const stopped: Fault = {
  id: 'F13',
  title: 'the server is stopped in order',
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings);
    const stops = ground.quick ? 1 : 20;
    for (let stop = 1; stop <= stops; stop += 1) await stopUnderLoad(ground, findings, scene);
    if (!ground.quick)
      for (const way of ['refuse', 'stall'] as const) await stopWithoutStore(ground, findings, scene, way);
    await recover(ground, findings, scene);
    await closeScene(scene, findings);
  },
};
