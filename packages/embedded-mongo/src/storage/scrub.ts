import { type FileHandle, open } from 'node:fs/promises';
import { AT, META_PAGE, PAGE_HEADER, pageSizeOf } from './data-file.ts';

const WINDOW = 4 * 1024 * 1024;

// LMDB's own layout of pages and nodes (mdb.c). Offsets within a page count from behind its header.
const BRANCH = 1;
const LEAF = 2;
const OVERFLOW = 4;
const KINDS = BRANCH | LEAF | OVERFLOW | META_PAGE;
/** What LMDB notes in a page while it works on it. */
const TRANSIENT = 0xe000;
const NODE_HEADER = 8;
/** In the place of a value: the first of its own pages, a transaction, their number. */
const ELSEWHERE = 1;
const ELSEWHERE_SIZE = 24;

type Part = { readonly from: number; readonly to: number };

/**
 * Overwrites with zeros what is not in use within the pages of a compacted copy, and makes it durable. A copy has no
 * free pages, but LMDB writes whole pages: into the gaps within them goes what lay in its memory before, up to seven
 * bytes of the page's own gap, and behind the end of a value with pages of its own whatever was there. So that nothing
 * rests on what that happens to be.
 * Throws when the file is not such a copy.
 */
export async function scrubCopy(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    if (size > 0) await scrubPages(handle, size);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function scrubPages(handle: FileHandle, size: number): Promise<void> {
  const pageSize = pageSizeOf(handle.fd);
  if (size % pageSize !== 0) throw new Error('the copy of the data file does not end with a page');
  const window = Buffer.alloc(WINDOW);
  /** Ends of values whose pages lie in another window than what tells their length. */
  const elsewhere: Part[] = [];
  let next = 0;
  for (let at = 0; at < size; at += WINDOW) {
    const bytes = window.subarray(0, Math.min(WINDOW, size - at));
    await readAll(handle, bytes, at);
    const tails: Part[] = [];
    while (next < (at + bytes.length) / pageSize) {
      const from = next * pageSize - at;
      next += scrubPage(bytes.subarray(from, from + pageSize), next, tails);
    }
    for (const { from, to } of tails) {
      if (to > size) throw new Error('the copy of the data file points behind its end');
      if (from >= at && to <= at + bytes.length) bytes.fill(0, from - at, to - at);
      else elsewhere.push({ from, to });
    }
    await writeAll(handle, bytes, at);
  }
  for (const { from, to } of elsewhere) await writeAll(handle, Buffer.alloc(to - from), from);
}

/** Gives how many pages begin with this one; adds to `tails` what lies behind values that it points to. */
function scrubPage(page: Buffer, number: number, tails: Part[]): number {
  if (page.readBigUInt64LE(0) !== BigInt(number)) throw new Error(`page ${number} of the copy is another one`);
  const kind = page.readUInt16LE(AT.pageFlags) & ~TRANSIENT;
  if (kind === META_PAGE) return 1;
  if (kind === OVERFLOW) return Math.max(1, page.readUInt32LE(AT.pages));
  if (kind !== BRANCH && kind !== LEAF) throw new Error(`page ${number} of the copy is of kind ${kind & KINDS}`);
  const lower = PAGE_HEADER + page.readUInt16LE(AT.lower);
  const upper = PAGE_HEADER + page.readUInt16LE(AT.upper);
  if (lower > upper || upper > page.length) throw new Error(`page ${number} of the copy is damaged`);
  page.fill(0, lower, upper);
  for (let at = PAGE_HEADER; at < lower; at += 2) {
    const end = endOfNode(page, PAGE_HEADER + page.readUInt16LE(at), kind, tails);
    // Nodes begin at even places.
    if (end % 2 === 1 && end < page.length) page[end] = 0;
  }
  return 1;
}

function endOfNode(page: Buffer, node: number, kind: number, tails: Part[]): number {
  const value = node + NODE_HEADER + page.readUInt16LE(node + 6);
  if (kind === BRANCH) return value;
  const size = page.readUInt32LE(node);
  const flags = page.readUInt16LE(node + 4);
  if (flags === 0) return value + size;
  if (flags !== ELSEWHERE) throw new Error('the copy holds what this database does not write');
  const first = Number(page.readBigUInt64LE(value));
  const pages = Number(page.readBigUInt64LE(value + 16));
  const [from, to] = [first * page.length + PAGE_HEADER + size, (first + pages) * page.length];
  if (from > to) throw new Error('the copy holds a value that is longer than its pages');
  tails.push({ from, to });
  return value + ELSEWHERE_SIZE;
}

async function readAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, at + done);
    if (bytesRead === 0) throw new Error('the copy of the data file became shorter');
    done += bytesRead;
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}
