import type { EditVerdict, Meter, SyncEngine } from '@concert/sync';
import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';
import { type Latency, RecentTimes } from '../recent.ts';

/** The live documents of this instance in numbers; times in milliseconds, sizes in bytes, counts since the start. */
export type RoomsMeasured = {
  readonly open: number;
  readonly sockets: number;
  readonly backlogBytes: number;
  readonly commits: number;
  readonly failedCommits: number;
  readonly refusedEdits: number;
  readonly acknowledgement: Latency;
  readonly relay: Latency;
};

/** From a keystroke that nobody waits for to a database that has been away. */
const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

function histograms(registry: Registry) {
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers: [registry] });
  return {
    acknowledged: histogram(
      'document_ack_seconds',
      'From the arrival of an edit to the word that it is durable',
      SECONDS,
    ),
    relayed: histogram('document_relay_seconds', 'From the arrival of an edit to its writing to the others', SECONDS),
    commitTime: histogram('document_commit_seconds', 'Time of a group commit, its repetitions included', SECONDS),
    commitSize: histogram('document_commit_updates', 'Edits in one group commit', SIZES),
    commitDocuments: histogram('document_commit_documents', 'Documents in one group commit', SIZES),
  };
}

/** Counted in plain numbers, which Prometheus' own counters are given when they are read: every keystroke is judged. */
function judgements(registry: Registry): (verdict: EditVerdict) => void {
  const fresh = new Map<EditVerdict, number>();
  new Counter({
    name: 'document_edits_total',
    help: 'Edits of clients by what the gate said of them',
    labelNames: ['verdict'],
    registers: [registry],
    collect() {
      for (const [verdict, count] of fresh) this.inc({ verdict }, count);
      fresh.clear();
    },
  });
  return (verdict) => void fresh.set(verdict, (fresh.get(verdict) ?? 0) + 1);
}

function counters(registry: Registry) {
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  return {
    failed: counter('document_store_errors_total', 'Failures of the store under the live documents', ['operation']),
    closed: counter('document_closes_total', 'Document sockets closed by the server, by close code', ['code']),
    bytes: counter('document_committed_bytes_total', 'Bytes of edits made durable'),
  };
}

/** Watches the live documents: for Prometheus, and for a reading within the process. */
export function createRoomsMeter(registry: Registry) {
  const times = histograms(registry);
  const counts = counters(registry);
  const [acknowledgement, relay] = [new RecentTimes(), new RecentTimes()];
  const meter: Meter = {
    judged: judgements(registry),
    acknowledged: (ms) => {
      times.acknowledged.observe(ms / 1_000);
      acknowledgement.add(ms);
    },
    relayed: (ms) => {
      times.relayed.observe(ms / 1_000);
      relay.add(ms);
    },
    committed: ({ updates, documents, bytes, ms }) => {
      times.commitTime.observe(ms / 1_000);
      times.commitSize.observe(updates);
      times.commitDocuments.observe(documents);
      counts.bytes.inc(bytes);
    },
    storeFailed: (operation) => counts.failed.inc({ operation }),
    closed: (code) => counts.closed.inc({ code: String(code) }),
  };
  /** Shows what the engine counts itself. */
  const watch = (engine: SyncEngine, waitingBytes: () => number): void => {
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    gauge('documents_open', 'Documents loaded in this instance', () => engine.stats().rooms);
    gauge('document_sockets', 'Open document sockets', () => engine.stats().connections);
    gauge('document_backlog_bytes', 'Bytes accepted that are not durable yet', () => engine.stats().backlogBytes);
    gauge('document_journal_bytes', 'Bytes durable in the journal that are not in the database yet', waitingBytes);
  };
  const read = (engine: SyncEngine): RoomsMeasured => {
    const { rooms, connections, ...counted } = engine.stats();
    return {
      ...counted,
      open: rooms,
      sockets: connections,
      acknowledgement: acknowledgement.read(),
      relay: relay.read(),
    };
  };
  return { meter, watch, read };
}
