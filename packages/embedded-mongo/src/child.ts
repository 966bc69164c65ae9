import { AUTH_VARIABLE, type FromChild } from './index.ts';
import { type InstanceOptions, openInstance } from './instance.ts';

/**
 * The database as a process of its own under another one. It lives exactly as long as its parent: when the parent
 * ends in whatever way the channel between them closes, and this process ends at once. That is safe at any moment,
 * since whatever was acknowledged is on the disk.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl+C reaches the whole group; the parent still needs its database while it stops, and tells when it is done.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

// Whatever is made in the data directory is for this user only.
process.umask(0o077);

const auth: InstanceOptions['auth'] = JSON.parse(process.env[AUTH_VARIABLE] ?? 'null') ?? undefined;
delete process.env[AUTH_VARIABLE];
const options: InstanceOptions = { ...JSON.parse(process.argv[2] ?? '{}'), auth };
try {
  const instance = await openInstance(options);
  process.on('message', () => {
    void instance.close().then(() => process.exit(0));
  });
  const isReady: FromChild = { type: 'ready', url: instance.url };
  process.send?.(isReady);
} catch (error) {
  const failed: FromChild = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  process.send?.(failed, () => process.exit(1));
}
