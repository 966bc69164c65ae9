import { Problem } from '@concert/contract';
import { governanceApi } from '@concert/domain/governance/api.ts';
import { rulesInForce } from '@concert/domain/governance/rule-set.ts';
import { implement } from '@orpc/server';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import { lookingUp, type Parts } from './parts.ts';
import { BODIES } from './store.ts';
import { governanceViews } from './views.ts';

/** A body whose rules were set more often than this is run by a program. */
const MAX_VERSIONS = 500;

/** [G9] Rules of a body, by version. */
export function rulesRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { live, outbox, ports } = platform;
  const os = implement(governanceApi).$context<Context>().use(requireActor);
  const views = governanceViews(platform);
  const { visible, managed } = lookingUp(parts);
  return {
    rules: os.rules.handler(async ({ input: { id }, context: { actor } }) => ({
      items: await views.rules(await visible(actor, id)),
    })),
    setRules: os.setRules.handler(async ({ input: { id, rules, expectedVersion }, context: { actor } }) => {
      await managed(actor, id);
      const record = { version: expectedVersion + 1, rules, at: ports.now(), by: actor.personId };
      const event = outbox.event(
        'governance.body-changed',
        { bodyId: id, rulesVersion: record.version },
        actor.personId,
      );
      const saved = await store.change(id, ({ kind, state, rules: before }) => {
        if (state === 'archived') throw new Problem('FORBIDDEN', 'body-archived');
        if (rulesInForce(kind, before).version !== expectedVersion) throw new Problem('CONFLICT', 'rules-changed');
        if (before.length >= MAX_VERSIONS) throw new Problem('CONFLICT', 'too-busy');
        return { rules: [...before, record], events: [event] };
      });
      outbox.wake(BODIES);
      live.toMembers('bodies.changed', { bodyId: id });
      const [version] = await views.rules(saved);
      if (version === undefined) throw new Problem('NOT_FOUND', 'not-found');
      return version;
    }),
  };
}
