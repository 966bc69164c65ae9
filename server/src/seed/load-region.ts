import { THREAD } from '../documents/worker/entry.ts';
import type { Jobs } from '../documents/worker/jobs.ts';
import { createWorkers } from '../platform/documents/workers.ts';
import type { Platform } from '../platform/module.ts';
import { seedDecisions } from './decisions.ts';
import { seedDiscussions } from './discussions.ts';
import { seedDocuments } from './documents.ts';
import { seedMeetings } from './meetings.ts';
import { seedMinutes } from './minutes.ts';
import { seedOrganisations, seedPeople } from './people.ts';
import { seedBodies, seedWorkspaces } from './rights.ts';

/** Every step adds only what is not there yet, so that a start after a crash goes on where the last one ended. */
export async function loadRegion(platform: Platform): Promise<void> {
  const workers = createWorkers<Jobs>(THREAD, 1);
  try {
    const [people, organisations] = await Promise.all([seedPeople(platform), seedOrganisations(platform)]);
    await seedBodies(platform, people);
    await seedWorkspaces(platform, people);
    await seedDocuments(platform, workers, { people, organisations });
    await seedDiscussions(platform, people);
    await seedMeetings(platform, people);
    await seedDecisions(platform, people);
    await seedMinutes(platform, people);
  } finally {
    await workers.stop();
  }
}
