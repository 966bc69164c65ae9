import { join } from 'node:path';
import type { Key } from '../bson/key.ts';
import { MongoError } from '../errors.ts';
import { type CompactionHost, compactDataFile, type Tail } from './compaction.ts';
import { checkDataFile, DamagedData, type Marks, openMarks, readMark } from './data-file.ts';
import { makeDirectory } from './directory.ts';
import type { Change, Engine, Snapshot } from './engine.ts';
import { type Data, openData } from './lmdb-data.ts';
import { openSpace, type Space } from './space.ts';

/** The engine on LMDB. Throws DamagedData when the file is not what was written. */
export function lmdbEngine(directory: string): Engine {
  makeDirectory(directory);
  checkDataFile(directory);
  const live = new LiveData(directory);
  const stopping = new AbortController();
  let compaction: Promise<number> | undefined;
  const compact = async (check: () => void): Promise<number> => {
    if (compaction) throw new Error('a compaction is under way');
    compaction = compactDataFile(live, check, stopping.signal);
    try {
      return await compaction;
    } finally {
      compaction = undefined;
    }
  };
  return {
    get: (key) => live.data.get(key),
    range: (gte, lt, reverse) => live.data.range(gte, lt, reverse),
    holds: (gte, lt) => live.data.holds(gte, lt),
    commit: (changes) => live.commit(changes),
    snapshot: () => live.snapshot(),
    compact,
    close: async () => {
      stopping.abort(new MongoError('InterruptedAtShutdown', 'the database is being stopped'));
      await compaction?.catch(() => undefined); // told to who asked for it
      await live.close();
    },
  };
}

/** What a compaction takes over from commits that are made during the copy; beyond that they wait. */
const MAX_TAIL_BYTES = 64 * 1024 * 1024;

type Gate = { readonly opened: Promise<void>; open(): void; refuse(error: unknown): void };

function newGate(): Gate {
  let open: () => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve;
    refuse = reject;
  });
  opened.catch(() => undefined); // also when nobody waits
  return { opened, open, refuse };
}

/** The open data file, which a compacted one can take the place of. */
class LiveData implements CompactionHost {
  readonly directory: string;
  readonly marks: Marks;
  data: Data;
  sequence: number;
  private space: Space;
  private readonly committing = new Set<Promise<void>>();
  private tail: (Tail & { bytes: number }) | undefined;
  /** Closed: commits wait before it. */
  private gate: Gate | undefined;
  private readonly snapshots = new Set<object>();
  private wantsNoSnapshots = false;
  private onRelease: () => void = () => undefined;

  constructor(directory: string) {
    this.directory = directory;
    this.data = openChecked(directory);
    this.sequence = this.data.sequence();
    this.marks = openMarks(directory);
    this.space = openSpace(directory);
  }

  async commit(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    while (this.gate) await this.gate.opened;
    const running = this.commitNow(changes);
    this.committing.add(running);
    try {
      await running;
    } finally {
      this.committing.delete(running);
    }
  }

  private async commitNow(changes: readonly Change[]): Promise<void> {
    this.space.take(changes);
    const next = this.sequence + 1;
    await this.data.commit(changes, next);
    this.sequence = next;
    this.marks.note({ sequence: next, bytes: this.space.size() });
    if (!this.tail) return;
    for (const { key, value } of changes) {
      this.tail.changes.set(key, value);
      this.tail.bytes += key.length + (value?.length ?? 0);
    }
    if (this.tail.bytes > MAX_TAIL_BYTES) this.gate ??= newGate();
  }

  snapshot(): Snapshot {
    const { release, ...view } = this.data.snapshot();
    const own = {};
    this.snapshots.add(own);
    return {
      ...view,
      isUnwanted: () => this.wantsNoSnapshots,
      release: () => {
        release();
        this.snapshots.delete(own);
        this.onRelease();
      },
    };
  }

  async close(): Promise<void> {
    await this.data.close();
    this.marks.close();
    this.space.close();
  }

  used(): number {
    return this.space.used();
  }

  record(): Tail {
    this.tail = { changes: new Map<Key, Uint8Array | null>(), bytes: 0 };
    return this.tail;
  }

  async holdWrites(): Promise<void> {
    this.gate ??= newGate();
    await Promise.allSettled(this.committing);
  }

  letWrite(): void {
    this.tail = undefined;
    this.wantsNoSnapshots = false;
    this.gate?.open();
    this.gate = undefined;
  }

  refuseWrites(cause: unknown): void {
    this.gate ??= newGate();
    this.gate.refuse(cause);
  }

  /** Calls back in the turn in which nobody has a snapshot, so that nobody gets one before the end of the call. */
  async whenAlone<T>(then: () => T): Promise<T> {
    this.wantsNoSnapshots = true;
    while (this.snapshots.size > 0)
      await new Promise<void>((resolve) => {
        this.onRelease = resolve;
      });
    return then();
  }

  use(data: Data): Data {
    const before = this.data;
    this.data = data;
    return before;
  }

  reopen(): void {
    this.data = openData(join(this.directory, 'data.mdb'));
    const { space } = this;
    this.space = openSpace(this.directory);
    space.close();
  }
}

function openChecked(directory: string): Data {
  try {
    const data = openData(join(directory, 'data.mdb'));
    const lost = (readMark(directory)?.sequence ?? 0) - data.sequence();
    if (lost <= 0) return data;
    void data.close();
    throw new DamagedData(directory, `its last ${lost} commits are missing`);
  } catch (cause) {
    if (cause instanceof DamagedData) throw cause;
    throw new DamagedData(directory, cause instanceof Error ? cause.message : String(cause));
  }
}
