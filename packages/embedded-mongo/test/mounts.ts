import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

export type Mount = { readonly path: string; readOnly(): void };

/**
 * Small file systems of their own for the tests of a file, unmounted after each. `mount` is undefined, and the reason
 * is printed, where this user cannot mount.
 */
export function useMounts(): { readonly mount: ((size: string) => Mount) | undefined } {
  const mounted: string[] = [];
  const unmount = (path: string): void => {
    execFileSync('umount', [path]);
    rmSync(path, { recursive: true });
  };
  const mount = (size: string): Mount => {
    const path = mkdtempSync(join(tmpdir(), 'emb-mount-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' });
    mounted.push(path);
    return { path, readOnly: () => void execFileSync('mount', ['-o', 'remount,ro', path]) };
  };
  afterEach(() => {
    for (const path of mounted.splice(0)) unmount(path);
  });
  try {
    mount('1m');
    for (const path of mounted.splice(0)) unmount(path);
    return { mount };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`tests that need a file system of their own are skipped: ${why}\n`);
    return { mount: undefined };
  }
}
