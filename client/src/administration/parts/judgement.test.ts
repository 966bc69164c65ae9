import { describe, expect, test } from '@jest/globals';
import { type HealthView, ofAcknowledgement, ofDatabase, ofDisk, ofQueues, overall, sizeOf } from './judgement.ts';

const well: HealthView = {
  at: '2026-11-23T08:30:00.000Z',
  version: '0.1.0',
  node: '20.20.2',
  instanceId: 'one',
  ready: true,
  bus: 'none',
  startedAt: '2026-11-23T08:00:00.000Z',
  uptimeSeconds: 1_800,
  database: { kind: 'embedded', reachable: true, pingMs: 1, collections: [] },
  sockets: { documents: 3, live: 5 },
  documentsOpen: 2,
  backlogBytes: 0,
  ackLatency: { count: 40, p50: 5, p95: 12, p99: 30 },
  relayLatency: { count: 40, p50: 6, p95: 14, p99: 33 },
  eventLoopLag: { p50: 1, p99: 12, max: 20 },
  memory: { rssBytes: 2e8, heapUsedBytes: 9e7, heapTotalBytes: 1.2e8 },
  queues: { pending: 0, failed: 0, failures: [] },
  errors: { requests: 0, failedCommits: 0, refusedEdits: 0 },
  disk: { freeBytes: 5e10, totalBytes: 1e11 },
};

describe('the health of an installation', () => {
  test('is good when every part is', () => {
    expect(overall(well)).toBe('good');
  });

  test('is as bad as its worst part', () => {
    expect(overall({ ...well, ackLatency: { count: 1, p50: 300, p95: 400, p99: 900 } })).toBe('slow');
    expect(overall({ ...well, queues: { ...well.queues, failed: 1 } })).toBe('bad');
    expect(overall({ ...well, bus: 'away' })).toBe('bad');
  });

  test('is not spoilt by what was not measured', () => {
    const { disk: _elsewhere, ...idle } = { ...well, ackLatency: { count: 0 } };
    expect([ofAcknowledgement(idle), ofDisk(idle), overall(idle)]).toEqual(['unknown', 'unknown', 'good']);
  });

  test('is bad when the database does not answer, however quick it was', () => {
    expect(ofDatabase({ ...well, database: { ...well.database, reachable: false } })).toBe('bad');
  });

  test('is slow when much waits to be carried out', () => {
    expect(ofQueues({ ...well, queues: { ...well.queues, pending: 101 } })).toBe('slow');
  });
});

test('sizes are said in the largest unit of which there is one', () => {
  expect([0, 999, 1_000, 1_500_000, 2e9, 7e15].map(sizeOf)).toEqual([
    { value: 0, unit: 'byte' },
    { value: 999, unit: 'byte' },
    { value: 1, unit: 'kilobyte' },
    { value: 1.5, unit: 'megabyte' },
    { value: 2, unit: 'gigabyte' },
    { value: 7000, unit: 'terabyte' },
  ]);
});
