import { Problem } from '@concert/contract';
import { administrationApi } from '@concert/domain/administration/api.ts';
import type { PersonalExport } from '@concert/domain/administration/personal-data.ts';
import { implement } from '@orpc/server';
import { disposition } from '../platform/files/names.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import type { AdministrationParts } from './parts.ts';

/** Asks every part what it holds about the person. */
async function exportOf({ personalData, ports }: Platform, personId: string): Promise<PersonalExport> {
  const parts: Record<string, unknown> = {};
  for (const [name, holder] of personalData.all()) parts[name] = await holder.export(personId);
  return { format: 'concert-personal-data', version: 1, exportedAt: ports.now().toISOString(), personId, parts };
}

/** What the law gives everybody over their own data. A token does neither: both need the person themself. */
export function personalRoutes({ platform, erasure }: Pick<AdministrationParts, 'platform' | 'erasure'>) {
  const { audit, auth, ports } = platform;
  const os = implement(administrationApi).$context<Context>().use(requireActor);
  return {
    exportMe: os.exportMe.handler(async ({ context: { actor } }) => {
      if (actor.via === 'token') throw new Problem('FORBIDDEN', 'session-needed');
      const held = await exportOf(platform, actor.personId);
      await audit.record({
        event: 'administration.personal-data-exported',
        actorId: actor.personId,
        credentialId: actor.credentialId,
        subject: { kind: 'person', id: actor.personId },
      });
      const day = ports.now().toISOString().slice(0, 10);
      return {
        headers: {
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
          'content-disposition': disposition('attachment', `concert-${day}.json`),
        },
        body: new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }),
      };
    }),
    eraseMe: os.eraseMe.handler(async ({ input: { password }, context: { actor, ip } }) => {
      if (actor.via === 'token') throw new Problem('FORBIDDEN', 'session-needed');
      await auth.checkPassword({ personId: actor.personId, email: actor.email, address: ip }, password);
      return { state: await erasure.begin(actor, actor.personId) };
    }),
  };
}
