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
 * anybody may call are implemented without it, and so stand out.
 */
export const requireActor = os.$context<Context>().middleware(({ context, next }) => {
  if (context.actor === null) throw new Problem('UNAUTHORIZED', 'no-session');
  const actor: Actor = context.actor;
  return next({ context: { actor } });
});
