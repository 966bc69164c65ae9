import { THREAD } from '../documents/worker/entry.ts';
import type { Jobs } from '../documents/worker/jobs.ts';
import { createWorkers } from '../platform/documents/workers.ts';
import type { Platform } from '../platform/module.ts';
import { seedDocuments } from './documents.ts';
import { seedOrganisations, seedPeople, seedWorkspaces } from './people.ts';

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

/** Every step adds only what is not there yet, so that a start after a crash goes on where the last one ended. */
async function load(platform: Platform): Promise<void> {
  const workers = createWorkers<Jobs>(THREAD, 1);
  try {
    const [people, organisations] = await Promise.all([seedPeople(platform), seedOrganisations(platform)]);
    await seedWorkspaces(platform, people);
    await seedDocuments(platform, workers, { people, organisations });
  } finally {
    await workers.stop();
  }
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
  await load(platform);
  await mark('done');
  platform.log.info({ ms: Math.round(performance.now() - begun) }, 'the demonstration region is loaded');
}
