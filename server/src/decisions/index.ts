import { actionsApi } from '@concert/domain/decisions/actions-api.ts';
import { decisionsApi } from '@concert/domain/decisions/api.ts';
import { implement } from '@orpc/server';
import type { Context } from '../platform/http/route.ts';
import { defineModule } from '../platform/module.ts';
import { actionRoutes } from './actions/routes.ts';
import { ACTIONS, actionIndexes, actionStore } from './actions/store.ts';
import { supersede } from './adopting.ts';
import { decisionMentions } from './mentions.ts';
import { registerNotices } from './noticing.ts';
import { createOutcomes } from './outcomes.ts';
import { type Parts, tell } from './parts.ts';
import { decisionData } from './personal-data.ts';
import { keepReminding } from './reminding.ts';
import { decidingRoutes } from './routes/deciding.ts';
import { registerRoutes } from './routes/register.ts';
import { actionSearch, decisionSearch, FOUND_ACTIONS, FOUND_DECISIONS } from './searching.ts';
import { DECISIONS, decisionIndexes, decisionStore } from './store.ts';
import { ACTION, actionSubjects, DECISION, decisionSubjects } from './subjects.ts';
import { textIndexes, textStore } from './texts.ts';

/** The register of decisions: what bodies have decided, on what, and what became of it. */
export const decisions = defineModule((platform) => {
  const { bodies, db, mentions, outbox, ports, search, subjects } = platform;
  const parts: Parts = { platform, store: decisionStore(db), texts: textStore(db) };
  const actions = actionStore(db);
  bodies.usedBy(parts.store.ofBody);
  bodies.usedBy(actions.ofBody);
  platform.outcomes.answeredBy(createOutcomes(parts, actions));
  for (const collection of [DECISIONS, ACTIONS]) outbox.watch(collection);
  subjects.register(DECISION, decisionSubjects(parts));
  subjects.register(ACTION, actionSubjects(parts, actions));
  mentions.register('decision', decisionMentions(parts));
  search.register(FOUND_DECISIONS, decisionSearch(parts));
  search.register(FOUND_ACTIONS, actionSearch(parts, actions));
  const notices = registerNotices(parts, actions);
  return {
    router: implement(decisionsApi)
      .$context<Context>()
      .router({ ...registerRoutes(parts), ...decidingRoutes(parts) }),
    otherRouters: { actions: implement(actionsApi).$context<Context>().router(actionRoutes(parts, actions)) },
    indexes: { ...decisionIndexes, ...textIndexes, ...actionIndexes },
    personalData: decisionData(parts),
    start: async () => keepReminding(parts, actions),
    reactions: {
      ...notices,
      // A crash after the adoption must not leave in force what was superseded; and its readers hear of it.
      'decisions.adopted': async (event) => {
        const { data } = event;
        const decision = typeof data.decisionId === 'string' ? await parts.store.get(data.decisionId) : null;
        const former = decision === null ? null : await supersede(parts, decision);
        const body = former === null ? undefined : (await bodies.byIds([former.bodyId])).get(former.bodyId);
        if (former !== null && body !== undefined) tell(platform, { decision: former, body, now: ports.now() });
        await notices['decisions.adopted']?.(event);
      },
    },
  };
});
