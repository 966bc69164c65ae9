import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ground } from './fault.ts';

type Holder = Pick<Ground, 'folder' | 'atEnd'>;

/** A file system of its own; it goes with the ground, and with this process if that ends before. */
export type Mounted = { readonly path: string; unmount(): void };

const mounted = new Set<string>();
process.on('exit', () => {
  for (const path of mounted) execFileSync('umount', ['-l', path]);
});

const run = (program: string, ...args: string[]): void => void execFileSync(program, args, { stdio: 'pipe' });

/** Tries what a case will do, in a folder that is gone afterwards; answers why it cannot be done here, or null. */
function lacks(attempt: (holder: Holder) => unknown): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'concert-mounts-'));
  const undoing: (() => unknown)[] = [];
  try {
    attempt({ folder, atEnd: (undo) => void undoing.push(undo) });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.trim().replaceAll('\n', ' ') : String(error);
  } finally {
    for (const undo of undoing) undo();
    rmSync(folder, { recursive: true, force: true });
  }
}

function mount(ground: Holder, ...what: string[]): Mounted {
  const path = mkdtempSync(join(ground.folder, 'mount-'));
  run('mount', ...what, path);
  mounted.add(path);
  const unmount = (): void => {
    if (!mounted.delete(path)) return;
    // Files of a process that has just been killed may still be being closed.
    execFileSync('umount', ['-l', path]);
    rmSync(path, { recursive: true });
  };
  ground.atEnd(unmount);
  return { path, unmount };
}

/** An empty ext4 in a file. */
export function makeImage(ground: Holder, name: string, megabytes: number): string {
  const image = join(ground.folder, name);
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1_000_000);
  run('mkfs.ext4', '-q', image);
  return image;
}

/** Mounts the file system in a file. */
export const mountImage = (ground: Holder, image: string): Mounted => mount(ground, '-o', 'loop', image);

/** A small file system in memory, which can be full. */
export const mountMemory = (ground: Holder, megabytes: number): Mounted =>
  mount(ground, '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs');

/** Why there can be no file systems in files here; null when there can. */
export const lacksImages = (): string | null => lacks((holder) => mountImage(holder, makeImage(holder, 'try.img', 4)));

/** Why there can be no file systems in memory here; null when there can. */
export const lacksMemory = (): string | null => lacks((holder) => mountMemory(holder, 1));
