import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FORMAT } from '../storage/format.ts';

/** The file that makes a directory a backup. It is written last: a directory without it is no finished backup. */
export const MANIFEST = 'MANIFEST.json';
export const DATA = 'data.mdb';
export const FORMAT_FILE = 'FORMAT';

const KIND = 'embedded-mongo backup';

export type BackupFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/** What one collection holds in the backup. */
export type BackedUpCollection = {
  readonly db: string;
  readonly name: string;
  readonly documents: number;
  readonly indexes: number;
};

/** What a backup holds. */
export type Manifest = {
  /** The version of the data directory's format. */
  readonly format: number;
  /** ISO 8601, UTC: every write acknowledged before this instant is in the backup. */
  readonly instant: string;
  readonly files: readonly BackupFile[];
  readonly collections: readonly BackedUpCollection[];
};

/** A backup, or a directory meant for one, cannot be used. The message is one line for the person who asked. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The manifest as a file: with a digest of itself, so that a changed byte anywhere in it is noticed. */
export function writtenManifest({ format, instant, files, collections }: Manifest): string {
  const body = { kind: KIND, format, instant, files, collections };
  return `${JSON.stringify({ ...body, digest: digestOf(JSON.stringify(body)) }, null, 2)}\n`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function isFile(value: unknown): value is BackupFile {
  return isRecord(value) && typeof value.name === 'string' && isCount(value.bytes) && typeof value.sha256 === 'string';
}

function isCollection(value: unknown): value is BackedUpCollection {
  const named = isRecord(value) && typeof value.db === 'string' && typeof value.name === 'string';
  return named && isCount(value.documents) && isCount(value.indexes);
}

/** Reads the manifest of a backup. Throws BackupError when there is none, or a damaged or newer one. */
export function readManifest(directory: string): Manifest {
  const file = join(directory, MANIFEST);
  if (!existsSync(directory)) throw new BackupError(`there is no directory ${directory}`);
  if (!existsSync(file))
    throw new BackupError(`${directory} is not a finished backup of embedded-mongo: it has no ${MANIFEST}`);
  const text = readFileSync(file, 'utf8');
  const damaged = new BackupError(`the backup ${directory} is damaged: its ${MANIFEST} was changed`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw damaged;
  }
  if (!isRecord(read) || read.kind !== KIND || !isCount(read.format)) throw damaged;
  if (read.format > FORMAT)
    throw new BackupError(
      `the backup ${directory} was made by a newer version (format ${read.format}, this one knows ${FORMAT})`,
    );
  const { format, instant, files, collections } = read;
  if (typeof instant !== 'string' || !Array.isArray(files) || !Array.isArray(collections)) throw damaged;
  if (!files.every(isFile) || !collections.every(isCollection)) throw damaged;
  const manifest = { format, instant, files, collections };
  if (writtenManifest(manifest) !== text) throw damaged;
  const names = files.map(({ name }) => name).sort();
  if (names.join() !== [DATA, FORMAT_FILE].sort().join()) throw damaged;
  return manifest;
}

export async function describeFile(directory: string, name: string): Promise<BackupFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(directory, name), { highWaterMark: 1 << 20 }), hash);
  return { name, bytes: statSync(join(directory, name)).size, sha256: hash.digest('hex') };
}

/** Compares the files of a directory with what the manifest says of them. Throws BackupError. */
export async function checkFiles(directory: string, manifest: Manifest): Promise<void> {
  for (const { name, bytes, sha256 } of manifest.files) {
    const file = join(directory, name);
    if (!existsSync(file)) throw new BackupError(`the backup ${directory} is incomplete: ${name} is missing`);
    const { size } = statSync(file);
    if (size !== bytes)
      throw new BackupError(`the backup ${directory} is damaged: ${name} has ${size} bytes instead of ${bytes}`);
    if ((await describeFile(directory, name)).sha256 !== sha256)
      throw new BackupError(`the backup ${directory} is damaged: the content of ${name} was changed`);
  }
}
