import type { Actor, Locale } from '@concert/contract';
import { Problem } from '@concert/contract';
import { os } from '@orpc/server';

/** What every route knows of its request. */
export type Context = {
  /** Null when nobody is signed in. */
  readonly actor: Actor | null;
  /** Address of the peer, or of the client behind a trusted proxy. */
  readonly ip: string;
  /** Language asked for by the browser. */
  readonly locale: Locale;
};

/**
 * Puts signed-in people into `context.actor`, and answers everybody else 401 `no-session`.
 * A slice opens its routes with `implement(itsApi).$context<Context>().use(requireActor)`; the few routes that
 * anybody may call are implemented without it, and so stand out. A limited token (access rule A13) is let in only by
 * `requireActorWithinLimits`, which is for slices that ask the access module about everything.
 */
export const requireActor = os.$context<Context>().middleware(({ context, next }) => {
  const actor = actorOf(context);
  if (actor.limits !== undefined) throw tokenLimited();
  return next({ context: { actor } });
});

/** As `requireActor`, for routes in which the access module judges every subject, and with it what a token is limited to. */
export const requireActorWithinLimits = os
  .$context<Context>()
  .middleware(({ context, next }) => next({ context: { actor: actorOf(context) } }));

/** The refusal of what is not about a subject that a token could be limited to. */
export const tokenLimited = (): Problem => new Problem('FORBIDDEN', 'token-limited');

function actorOf({ actor }: Context): Actor {
  if (actor === null) throw new Problem('UNAUTHORIZED', 'no-session');
  return actor;
}
