import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fingerprint } from './secrets.ts';

/** How long a link for another administrator works. */
const LIFE_MS = 3600_000;
const FILE = 'administrator-link.json';

const Note = z.object({ tokenHash: z.string(), createdAt: z.coerce.date() });

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Where the note stands that lets somebody become an administrator. Who can write there can read the secret as well. */
export const recoveryFile = (dataDir: string): string => join(dataDir, FILE);

/** What the note says: the secret itself stands in the link alone. */
export const recoveryNote = (secret: string, now: Date): string =>
  `${JSON.stringify({ tokenHash: fingerprint(secret), createdAt: now.toISOString() })}\n`;

/**
 * The way back in when nobody can administer any more: a note in DATA_DIR, written by `npm run admin` on the machine
 * itself. Whoever may write there owns the installation anyway; the network has no part in it.
 */
export function createRecovery({ dataDir, now }: { dataDir: string; now: () => Date }) {
  const path = recoveryFile(dataDir);
  const isGood = async (secret: string): Promise<boolean> => {
    try {
      const note = Note.safeParse(JSON.parse(await readFile(path, 'utf8')));
      if (!note.success) return false;
      const { tokenHash, createdAt } = note.data;
      return tokenHash === fingerprint(secret) && now().getTime() - createdAt.getTime() < LIFE_MS;
    } catch (error) {
      // No note, or half a note: the command writes a new one.
      if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return false;
      throw error;
    }
  };
  return {
    isGood,
    /** Uses the note up: of several who come with its secret at once, one gets it. */
    take: async (secret: string): Promise<boolean> => {
      if (!(await isGood(secret))) return false;
      try {
        await unlink(path);
        return true;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false;
        throw error;
      }
    },
  };
}
export type Recovery = ReturnType<typeof createRecovery>;
