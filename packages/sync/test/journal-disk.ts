import type { JournalFile, JournalFiles } from '../src/journal/files.ts';

/** What a step of the disk does instead of its work; the first bytes of a write may get there. */
export type Fault = (step: { kind: string; name: string }) => { wrote: number } | null;

const failure = (kind: string): Error => Object.assign(new Error(`ENOSPC: no space left on device, ${kind}`));

/** A disk in memory that fails where it is told to, and can be looked at as a power cut would leave it. */
export class JournalDisk implements JournalFiles {
  readonly files = new Map<string, Uint8Array>();
  /** Asked before each step that changes something. */
  fault: Fault = () => null;
  steps = 0;

  /** The same files on another disk without faults. */
  copy(): JournalDisk {
    const copy = new JournalDisk();
    for (const [name, bytes] of this.files) copy.files.set(name, bytes.slice());
    return copy;
  }

  get size(): number {
    return [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
  }

  #step(kind: string, name: string, partly: (wrote: number) => void = () => {}): void {
    this.steps += 1;
    const fault = this.fault({ kind, name });
    if (!fault) return;
    partly(fault.wrote);
    throw failure(kind);
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()].sort();
  }

  async read(name: string): Promise<Uint8Array> {
    return this.files.get(name) ?? new Uint8Array();
  }

  async create(name: string): Promise<JournalFile> {
    this.#step('create', name);
    if (this.files.has(name)) throw new Error(`${name} is there`);
    this.files.set(name, new Uint8Array());
    const put = (bytes: Uint8Array, position: number) => {
      const before = this.files.get(name) ?? new Uint8Array();
      const after = new Uint8Array(Math.max(before.length, position + bytes.length));
      after.set(before);
      after.set(bytes, position);
      this.files.set(name, after);
    };
    return {
      write: async (bytes, position) => {
        this.#step('write', name, (wrote) => put(bytes.subarray(0, wrote), position));
        put(bytes, position);
      },
      truncate: async (length) => {
        this.#step('truncate', name);
        this.files.set(name, (this.files.get(name) ?? new Uint8Array()).slice(0, length));
      },
      close: async () => {},
    };
  }

  async remove(name: string): Promise<void> {
    this.#step('remove', name);
    this.files.delete(name);
  }

  async sync(): Promise<void> {
    this.#step('sync', '');
  }
}
