import { close, constants, fdatasync, fsync, ftruncate, open, write } from 'node:fs';
import { chmod, mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A file that is written from its beginning to its end. */
export interface JournalFile {
  /** Writes at a position; resolves when the bytes are durable. After a failure nothing is known of them. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Cuts off what is behind `length`, durably. */
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** The folder of a journal. Nothing else is kept in it. */
export interface JournalFiles {
  /** The names of the segments, oldest first. */
  list(): Promise<string[]>;
  read(name: string): Promise<Uint8Array>;
  /** Makes a file that is not there yet; `sync` makes its name durable. */
  create(name: string): Promise<JournalFile>;
  remove(name: string): Promise<void>;
  /** Makes durable which files there are. */
  sync(): Promise<void>;
}

const pathOfSegment = /^\d{12}\.log$/;

/** The name of a segment; names sort as their numbers do. */
export const segmentName = (number: number): string => `${String(number).padStart(12, '0')}.log`;
export const isSegmentName = (name: string): boolean => pathOfSegment.test(name);
export const segmentNumber = (name: string): number => Number.parseInt(name, 10);

const openFile = promisify(open);
const closeFile = promisify(close);
const syncFile = promisify(fsync);
const syncData = promisify(fdatasync);
const truncateFile = promisify(ftruncate);

/** Linux makes each write durable by itself, in one call; elsewhere the file is synced after it. */
const durableWrites = process.platform === 'linux' ? constants.O_DSYNC : 0;

class NodeFile implements JournalFile {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let written = 0; written < bytes.length; ) written += await this.#writeSome(bytes, written, position);
    if (durableWrites === 0) await syncData(this.#fd);
  }

  #writeSome(bytes: Uint8Array, from: number, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#fd, bytes, from, bytes.length - from, position + from, (error, written) => {
        if (error) reject(error);
        else resolve(written);
      });
    });
  }

  async truncate(length: number): Promise<void> {
    await truncateFile(this.#fd, length);
    await syncFile(this.#fd);
  }

  close(): Promise<void> {
    return closeFile(this.#fd);
  }
}

/** A folder on this machine's disk that its user alone may read; made when it is not there. */
export async function openJournalFiles(directory: string): Promise<JournalFiles> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | durableWrites;
  return {
    list: async () => (await readdir(directory)).filter(isSegmentName).sort(),
    read: (name) => readFile(join(directory, name)),
    create: async (name) => new NodeFile(await openFile(join(directory, name), flags, 0o600)),
    remove: (name) => unlink(join(directory, name)),
    sync: async () => {
      const fd = await openFile(directory, 'r');
      try {
        await syncFile(fd);
      } finally {
        await closeFile(fd);
      }
    },
  };
}
