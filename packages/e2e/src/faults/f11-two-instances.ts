import { MongoClient } from 'mongodb';
import { connect } from './crowd.ts';
import type { Fault } from './fault.ts';
import { lacksRedis } from './redis-process.ts';
import { back, closeScene, openScene, pass, RATE, recover } from './scene.ts';
import { storeUrl } from './store-process.ts';

/** Up to which record of each document a snapshot goes. */
async function compacted(port: number): Promise<number[]> {
  const client = await MongoClient.connect(storeUrl(port));
  try {
    const heads = await client
      .db('concert')
      .collection<{ _id: string; throughSeq: number }>('doc_heads')
      .find()
      .toArray();
    return heads.map(({ throughSeq }) => throughSeq);
  } finally {
    await client.close();
  }
}

export const twoInstances: Fault = {
  id: 'F11',
  title: 'two servers write one document, and either is killed',
  lacks: lacksRedis,
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings, {
      redis: true,
      servers: 2,
      documents: 1,
      writers: ground.quick ? 6 : 20,
    });
    const { installation, crowd, members } = scene;
    if (!ground.quick) await pass(60_000);
    for (const instance of ground.quick ? installation.instances.slice(1) : [...installation.instances].reverse()) {
      await crowd.untilMore(2 * crowd.writers.length);
      await instance.server().kill();
      const began = performance.now();
      await pass(ground.random() * 500);
      await instance.start();
      await back(crowd);
      findings.recoveryMs.push(performance.now() - began);
    }
    if (!ground.quick) {
      // So much that both servers want to compact the document, at about the same time.
      crowd.startWriting(4 * RATE);
      await pass(30_000);
    }
    await recover(ground, findings, scene);
    // A new connection asks for everything that is not known, whichever server it comes to.
    for (const [index, writer] of crowd.writers.entries()) {
      const member = members[(index + 1) % members.length];
      if (member) connect(writer, member);
    }
    await back(crowd);
    await closeScene(scene, findings);
    findings.notes.push(`snapshots through records ${await compacted(installation.store.port)}`);
  },
};
