import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The version of everything in the data directory: keys, records, catalog. */
const FORMAT = 1;

const fileOf = (directory: string): string => join(directory, 'FORMAT');

/** Refuses a directory that a newer version wrote, or that is none of ours, before anything in it is touched. */
export function checkFormat(directory: string): void {
  const file = fileOf(directory);
  if (!existsSync(file)) {
    if (existsSync(join(directory, 'data.mdb')))
      throw new Error(`${directory} holds data without a FORMAT file: it is not a data directory of embedded-mongo`);
    return;
  }
  const text = readFileSync(file, 'utf8').trim();
  const version = /^embedded-mongo (\d+)$/.exec(text)?.[1];
  if (version === undefined) throw new Error(`${file} cannot be read: "${text.slice(0, 80)}"`);
  if (Number(version) > FORMAT)
    throw new Error(
      `${directory} was written by a newer version (format ${version}, this one knows ${FORMAT}); nothing was changed`,
    );
}

/** Marks a directory with the version, durably, before the first data is written. */
export function writeFormat(directory: string): void {
  const file = fileOf(directory);
  if (existsSync(file)) return;
  const temporary = `${file}.new`;
  const descriptor = openSync(temporary, 'w', 0o600);
  writeSync(descriptor, `embedded-mongo ${FORMAT}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, file);
}
