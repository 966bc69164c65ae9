import type { Platform } from '../platform/module.ts';

type Marker = { readonly _id: string; readonly state: 'loading' | 'done'; readonly at: Date };

const MARKER = 'demonstration';

/** Whether anybody has used this installation: then it is theirs, and stays as it is. */
async function isEmpty({ db }: Platform): Promise<boolean> {
  const [people, workspaces] = await Promise.all([
    db.collection('users').findOne({}, { projection: { _id: 1 } }),
    db.collection('workspaces').findOne({}, { projection: { _id: 1 } }),
  ]);
  return people === null && workspaces === null;
}

/**
 * Puts the demonstration region into an empty database, once. Killed in the middle, it goes on at the next start;
 * what people change in it afterwards is never touched.
 */
export async function seedDemo(platform: Platform): Promise<void> {
  const settings = platform.db.collection<Marker>('settings');
  const marker = await settings.findOne({ _id: MARKER });
  if (marker?.state === 'done' || (marker === null && !(await isEmpty(platform)))) return;
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
