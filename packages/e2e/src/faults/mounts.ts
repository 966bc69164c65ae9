import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground } from './fault.ts';
import { CannotRunHere } from './fault.ts';

/** A file system of its own; it goes with the ground, and with this process if that ends before. */
export type Mounted = { readonly path: string; unmount(): void };

const mounted = new Set<string>();
process.on('exit', () => {
  for (const path of mounted) execFileSync('umount', ['-l', path]);
});

/** Runs a program of the system. @throws CannotRunHere when this user or machine cannot */
function run(program: string, ...args: string[]): void {
  try {
    execFileSync(program, args, { stdio: 'pipe' });
  } catch (error) {
    throw new CannotRunHere(error instanceof Error ? error.message.trim().replaceAll('\n', ' ') : String(error));
  }
}

function mount(ground: Ground, ...what: string[]): Mounted {
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

/** An empty ext4 in a file. @throws CannotRunHere */
export function makeImage(ground: Ground, name: string, megabytes: number): string {
  const image = join(ground.folder, name);
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1_000_000);
  run('mkfs.ext4', '-q', image);
  return image;
}

/** Mounts the file system in a file. @throws CannotRunHere */
export const mountImage = (ground: Ground, image: string): Mounted => mount(ground, '-o', 'loop', image);

/** A small file system in memory, which can be full. @throws CannotRunHere */
export const mountMemory = (ground: Ground, megabytes: number): Mounted =>
  mount(ground, '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs');
