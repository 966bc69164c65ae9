import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Beside the data: when they were backed up last. */
const FILE = 'last-backup.json';

const Note = z.object({ at: z.iso.datetime() });

export const lastBackupFile = (dataDir: string): string => join(dataDir, FILE);

/** What the note says; `at` is ISO 8601 in UTC. */
export const lastBackupNote = (at: string): string => `${JSON.stringify({ at })}\n`;

/** When the last backup that is known here was complete, as ISO 8601 in UTC; undefined when there is none. */
export async function lastBackup(dataDir: string): Promise<string | undefined> {
  try {
    const note = Note.safeParse(JSON.parse(await readFile(lastBackupFile(dataDir), 'utf8')));
    return note.success ? note.data.at : undefined;
  } catch (error) {
    const missing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
    if (missing || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
