import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory } from './directory.ts';

/**
 * The version of everything in the data directory: keys, records, catalog. Since 2 records have a checksum; a
 * directory of format 1 is read as it is and marked with 2 before anything is written to it.
 */
export const FORMAT = 2;

/** The note that a restore into this directory has begun and not ended. */
export const RESTORING = 'RESTORING';

const fileOf = (directory: string): string => join(directory, 'FORMAT');

/** What the file FORMAT holds. */
export const formatText = (): string => `embedded-mongo ${FORMAT}\n`;

/** Refuses a directory that a newer version wrote, or that is none of ours, before anything in it is touched. */
export function checkFormat(directory: string): void {
  if (existsSync(join(directory, RESTORING)))
    throw new Error(`${directory} holds an unfinished restore: empty the directory, then restore again`);
  const file = fileOf(directory);
  if (!existsSync(file)) {
    if (existsSync(join(directory, 'data.mdb')))
      throw new Error(`${directory} holds data without a FORMAT file: it is not a data directory of embedded-mongo`);
    return;
  }
  const text = readFormat(file);
  const version = /^embedded-mongo (\d{1,9})$/.exec(text)?.[1];
  if (version === undefined) throw new Error(`${file} cannot be read: ${JSON.stringify(text.slice(0, 80))}`);
  if (Number(version) > FORMAT)
    throw new Error(
      `${directory} was written by a newer version (format ${version}, this one knows ${FORMAT}); nothing was changed`,
    );
}

function readFormat(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : String(cause);
    throw new Error(`${file} cannot be read: ${code}`, { cause });
  }
}

/** Marks a directory with the version, durably, before the first data of this version is written. */
export function writeFormat(directory: string): void {
  const file = fileOf(directory);
  if (existsSync(file) && readFormat(file) === formatText().trim()) return;
  const temporary = `${file}.new`;
  const descriptor = openSync(temporary, 'w', 0o600);
  writeSync(descriptor, formatText());
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, file);
  syncDirectory(directory);
}
