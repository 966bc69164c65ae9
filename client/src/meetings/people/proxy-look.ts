import type { VoteProxy } from '@concert/domain/meetings/shapes.ts';

/** How the state of a proxy looks. */
export const PROXY_LOOK: Record<VoteProxy['state'], { color: string; variant: 'light' | 'default' }> = {
  given: { color: 'yellow', variant: 'light' },
  accepted: { color: 'lagoon', variant: 'light' },
  refused: { color: 'gray', variant: 'default' },
  revoked: { color: 'gray', variant: 'default' },
};
