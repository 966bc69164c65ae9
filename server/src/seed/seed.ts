import type { Db } from 'mongodb';
import type { Config } from '../platform/config.ts';
import { ConfigError, isLoopback } from '../platform/config.ts';
import type { Platform } from '../platform/module.ts';

type Marker = { readonly _id: string; readonly state: 'loading' | 'done'; readonly at: Date };

const MARKER = 'demonstration';

const markerOf = (db: Db): Promise<Marker | null> => db.collection<Marker>('settings').findOne({ _id: MARKER });

/** Whether nobody has used this installation yet: else it is theirs, and stays as it is. */
async function isEmpty(db: Db): Promise<boolean> {
  const [person, workspace] = await Promise.all([
    db.collection('users').findOne({}, { projection: { _id: 1 } }),
    db.collection('workspaces').findOne({}, { projection: { _id: 1 } }),
  ]);
  return person === null && workspace === null;
}

/**
 * Whether this start is one of the demonstration: asked for by DEMO, on a database that holds it or nothing yet.
 * Somebody's own installation offers no accounts and shows its mails to nobody, whatever DEMO says.
 * @throws ConfigError when the demonstration, whose passwords everybody knows, would be reached from other machines
 */
export async function isDemonstration(db: Db, config: Pick<Config, 'demo' | 'host' | 'production'>): Promise<boolean> {
  const marker = await markerOf(db);
  if (marker !== null && (config.production || !isLoopback(config.host)))
    throw new ConfigError(
      `${config.production ? 'production' : `HOST ${config.host}`} is not for a database that holds the demonstration: its passwords are known. Choose another DATA_DIR or MONGODB_URL`,
    );
  return config.demo && (marker !== null || (await isEmpty(db)));
}

/**
 * Puts the demonstration region into an empty database, once. Killed in the middle, it goes on at the next start;
 * what people change in it afterwards is never touched.
 */
export async function seedDemo(platform: Platform): Promise<void> {
  const settings = platform.db.collection<Marker>('settings');
  const marker = await markerOf(platform.db);
  if (marker?.state === 'done' || (marker === null && !(await isEmpty(platform.db)))) return;
  const mark = (state: Marker['state']) =>
    settings.updateOne({ _id: MARKER }, { $set: { state, at: platform.ports.now() } }, { upsert: true });
  await mark('loading');
  const begun = performance.now();
  // The region's texts are read when they are needed, which is once.
  const { loadRegion } = await import('./load-region.ts');
  await loadRegion(platform);
  await mark('done');
  platform.log.info({ ms: Math.round(performance.now() - begun) }, 'the demonstration region is loaded');
}
