import { afterEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { BudgetExceeded, createWorkerPool, JobFailed, WorkerLost, type WorkerPool } from '../src/index.ts';

let pool: WorkerPool;
const documents = new URL('../src/workers/document-worker.ts', import.meta.url);
afterEach(() => pool.stop());

describe('a worker pool', () => {
  test('runs jobs of a TypeScript module', async () => {
    pool = createWorkerPool(documents, { size: 1 });
    const doc = new Y.Doc();
    doc.getText('body').insert(0, 'hello');
    const update = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    expect(await pool.run('mergeState', [update])).toEqual(update);
  });

  test('[S17] ends a job that takes longer than its budget, and goes on with the next', async () => {
    pool = createWorkerPool(documents, { size: 1 });
    const doc = new Y.Doc();
    for (let i = 0; i < 20_000; i++) doc.getText('body').insert(0, 'x');
    const update = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    await expect(
      pool.run(
        'mergeState',
        Array.from({ length: 200 }, () => update),
        1,
      ),
    ).rejects.toThrow(BudgetExceeded);
    expect(await pool.run('mergeState', [new Uint8Array([0, 0])])).toEqual(new Uint8Array([0, 0]));
  });

  test('[S54] a job that waits for a processor has not had its time', async () => {
    pool = createWorkerPool(new URL('./waiting-worker.ts', import.meta.url), { size: 1 });
    expect(await pool.run('wait', 0)).toBe('done');
    expect(await pool.run('wait', 900, 300)).toBe('done');
    await expect(pool.run('wait', 60_000, 50)).rejects.toThrow(BudgetExceeded);
  });

  test('tells what a job threw', async () => {
    pool = createWorkerPool(documents, { size: 1 });
    const error = await pool.run('scan', new Uint8Array([9])).catch((reason: unknown) => reason);
    expect(error instanceof JobFailed && error.thrown).toBe('Malformed');
  });

  test('a module that cannot be loaded fails its jobs and not the process', async () => {
    pool = createWorkerPool(new URL('./missing.ts', import.meta.url), { size: 1 });
    await expect(pool.run('anything', null)).rejects.toThrow(WorkerLost);
  });
});
