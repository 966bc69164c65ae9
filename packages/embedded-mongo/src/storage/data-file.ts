import { closeSync, constants, existsSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The data file is not what the last commit left: nothing was changed. */
export class DamagedData extends Error {
  constructor(directory: string, what: string) {
    super(`the data in ${directory} is damaged (${what}): nothing was changed; restore a backup to another directory`);
    this.name = 'DamagedData';
  }
}

const fileOf = (directory: string): string => join(directory, 'data.mdb');

// LMDB's own layout of a page header and of the meta pages, which are the first two pages of the file.
const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
export const PAGE_HEADER = 24;
export const AT = {
  pageFlags: 18,
  /** Where what is free within a page begins and ends; or how many pages a value has of its own. */
  lower: 20,
  upper: 22,
  pages: 20,
  magic: 24,
  version: 28,
  pageSize: 48,
  freeRoot: 88,
  mainRoot: 136,
  lastPage: 144,
  txn: 152,
};
const META_SIZE = 168;
export const META_PAGE = 8;
const BRANCH_OR_LEAF = 3;
const NO_PAGE = 0xffffffffffffffffn;

type Meta = {
  readonly pageSize: number;
  readonly roots: readonly bigint[];
  readonly lastPage: bigint;
  readonly txn: bigint;
};

/**
 * Looks at the head of the data file before LMDB does, whose native code trusts it and ends the process when it is
 * wrong. A file that is not there yet is fine. Throws DamagedData.
 */
export function checkDataFile(directory: string): void {
  const size = statSync(fileOf(directory), { throwIfNoEntry: false })?.size;
  const mark = readMark(directory);
  if (size === undefined) {
    if (mark) throw new DamagedData(directory, 'data.mdb is missing');
    return;
  }
  if (mark && size < mark.bytes)
    throw new DamagedData(directory, `data.mdb has ${size} bytes, the last commit left ${mark.bytes}`);
  if (size === 0) return;
  const descriptor = openSync(fileOf(directory), 'r');
  try {
    const problem = problemOf(descriptor, size);
    if (problem) throw new DamagedData(directory, problem);
  } finally {
    closeSync(descriptor);
  }
}

function problemOf(descriptor: number, size: number): string | undefined {
  const first = readMeta(descriptor, 0);
  if (!first) return 'data.mdb does not begin as such a file does';
  const second = readMeta(descriptor, first.pageSize);
  if (!second || second.pageSize !== first.pageSize) return 'the head of data.mdb was changed';
  const newest = second.txn > first.txn ? second : first;
  for (const root of newest.roots) {
    if (root === NO_PAGE) continue;
    if (root > newest.lastPage || (Number(root) + 1) * newest.pageSize > size || !isTree(descriptor, root, newest))
      return 'the head of data.mdb points to nowhere';
  }
  return undefined;
}

/** How far into an open data file its pages reach; what lies behind is not in use yet. */
export function usedBytes(descriptor: number): number {
  const first = readMeta(descriptor, 0);
  const second = first && readMeta(descriptor, first.pageSize);
  if (!first || !second) throw new Error('the head of data.mdb was changed while it was open');
  const { lastPage, pageSize } = second.txn > first.txn ? second : first;
  return (Number(lastPage) + 1) * pageSize;
}

/** Whether a data file that holds anything has no list of its free pages yet: it is as a compacting copy left it. */
export function lacksFreeList(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const first = readMeta(descriptor, 0);
    const second = first && readMeta(descriptor, first.pageSize);
    if (!first || !second) return false;
    const [freeRoot, mainRoot] = (second.txn > first.txn ? second : first).roots;
    return freeRoot === NO_PAGE && mainRoot !== NO_PAGE;
  } finally {
    closeSync(descriptor);
  }
}

/** The size of the pages of an open data file. */
export function pageSizeOf(descriptor: number): number {
  const meta = readMeta(descriptor, 0);
  if (!meta) throw new Error('it does not begin as a data file does');
  return meta.pageSize;
}

function readMeta(descriptor: number, at: number): Meta | undefined {
  const page = Buffer.alloc(META_SIZE);
  if (readSync(descriptor, page, 0, META_SIZE, at) < META_SIZE) return undefined;
  const pageSize = page.readUInt32LE(AT.pageSize);
  const isOurs =
    page.readUInt16LE(AT.pageFlags) === META_PAGE &&
    page.readUInt32LE(AT.magic) === MAGIC &&
    page.readUInt32LE(AT.version) === DATA_VERSION &&
    [0x1000, 0x2000, 0x4000, 0x8000].includes(pageSize);
  if (!isOurs) return undefined;
  return {
    pageSize,
    roots: [page.readBigUInt64LE(AT.freeRoot), page.readBigUInt64LE(AT.mainRoot)],
    lastPage: page.readBigUInt64LE(AT.lastPage),
    txn: page.readBigUInt64LE(AT.txn),
  };
}

function isTree(descriptor: number, number: bigint, { pageSize }: Meta): boolean {
  const page = Buffer.alloc(PAGE_HEADER);
  readSync(descriptor, page, 0, PAGE_HEADER, Number(number) * pageSize);
  return page.readBigUInt64LE(0) === number && (page.readUInt16LE(AT.pageFlags) & BRANCH_OR_LEAF) !== 0;
}

/** What a commit left: its number, and the size of the data file after it. */
export type Mark = { readonly sequence: number; readonly bytes: number };

const markFile = (directory: string): string => join(directory, 'COMMITTED');
const body = ({ sequence, bytes }: Mark): string =>
  `commit ${String(sequence).padStart(16, '0')} bytes ${String(bytes).padStart(16, '0')}`;
const markText = (mark: Mark): string => `${body(mark)} crc32 ${crc32(body(mark)).toString(16).padStart(8, '0')}\n`;

/** The last commit that was noted, if the note can be read: after a power failure it may be missing or old. */
export function readMark(directory: string): Mark | undefined {
  const file = markFile(directory);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'latin1');
  const [, sequence, bytes] = /^commit (\d{16}) bytes (\d{16}) crc32/.exec(text) ?? [];
  const mark = { sequence: Number(sequence), bytes: Number(bytes) };
  return markText(mark) === text ? mark : undefined;
}

export type Marks = {
  note(mark: Mark): void;
  /** Resolves when what was noted has reached the disk. */
  sync(): Promise<void>;
  close(): void;
};

/**
 * Notes commits beside the data file, so that an older state of it is not taken for the last one. A note is written
 * after the commit is durable and is not waited for, so it never claims more than the disk holds.
 */
export function openMarks(directory: string): Marks {
  const descriptor = openSync(markFile(directory), constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    // Always as long as the last one, so that it needs no space on a full disk.
    note: (mark) => void writeSync(descriptor, markText(mark), 0),
    sync: async () => {
      const handle = await open(markFile(directory), 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    close: () => closeSync(descriptor),
  };
}
