import { Problem } from '@concert/contract';
import { governanceApi, type Letterhead } from '@concert/domain/governance/api.ts';
import { letterheadLines } from '@concert/domain/governance/letterhead.ts';
import { implement } from '@orpc/server';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import { drawLogo } from './logo.ts';
import { lookingUp, type Parts } from './parts.ts';
import { BODIES, type LetterheadRecord } from './store.ts';

/** A letterhead as a page shows it: the logo as the address of its own bytes, which nothing else can be read from. */
const shown = ({ lines, logo }: LetterheadRecord): Letterhead => ({
  lines: [...lines],
  ...(logo === undefined
    ? {}
    : {
        logo: {
          url: `data:image/png;base64,${Buffer.from(logo.bytes).toString('base64')}`,
          width: logo.width,
          height: logo.height,
        },
      }),
});

/** [G20] What stands at the head of what a body sends out. */
export function letterheadRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { live, outbox } = platform;
  const os = implement(governanceApi).$context<Context>().use(requireActor);
  const { visible, managed } = lookingUp(parts);
  const letterheadOf = async (id: string): Promise<LetterheadRecord> => {
    const found = await store.letterhead(id);
    if (found === null) throw new Problem('NOT_FOUND', 'not-found');
    return found;
  };
  return {
    letterhead: os.letterhead.handler(async ({ input: { id }, context: { actor } }) => {
      await visible(actor, id);
      return shown(await letterheadOf(id));
    }),
    setLetterhead: os.setLetterhead.handler(async ({ input: { id, lines, logo }, context: { actor } }) => {
      await managed(actor, id);
      const drawn = typeof logo === 'string' ? await drawLogo(Buffer.from(logo, 'base64')) : logo;
      const event = outbox.event('governance.body-changed', { bodyId: id }, actor.personId);
      await store.change(id, () => ({
        'letterhead.lines': letterheadLines(lines),
        // Null: without. Undefined: the one that is there stays.
        ...(drawn === undefined ? {} : { 'letterhead.logo': drawn }),
        events: [event],
      }));
      outbox.wake(BODIES);
      live.toMembers('bodies.changed', { bodyId: id });
      return shown(await letterheadOf(id));
    }),
  };
}
