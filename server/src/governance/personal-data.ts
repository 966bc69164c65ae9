import { stateOf } from '@concert/domain/governance/mandates.ts';
import type { Platform } from '../platform/module.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { BODIES, type BodyStore, type MandateRecord } from './store.ts';

/** A mandate that runs ends now, one that has not begun never does; who sat where before is the body's own history. */
const ended = (mandate: MandateRecord, personId: string, now: Date): MandateRecord[] => {
  if (mandate.personId !== personId) return [mandate];
  const state = stateOf(mandate, now);
  return state === 'coming' ? [] : state === 'running' ? [{ ...mandate, until: now }] : [mandate];
};

/** Mandates. Those that have ended stay, under an id that says no name. */
export function bodyData({ platform, store }: { platform: Platform; store: BodyStore }): PersonalData {
  const { access, outbox, ports } = platform;
  return {
    export: async (personId) => ({
      mandates: (await store.withPeople([personId])).flatMap(({ id, name, mandates }) =>
        mandates
          .filter((mandate) => mandate.personId === personId)
          .map(({ role, from, until }) => ({ bodyId: id, name, role, from, until })),
      ),
    }),
    erase: async ({ personId }) => {
      const now = ports.now();
      for (const { id: bodyId } of await store.withPeople([personId]))
        await store.change(bodyId, ({ mandates }) => ({
          mandates: mandates.flatMap((mandate) => ended(mandate, personId, now)),
          events: [outbox.event('governance.mandates-changed', { bodyId, personId })],
        }));
      outbox.wake(BODIES);
      await access.changed({ personIds: [personId] });
    },
  };
}
