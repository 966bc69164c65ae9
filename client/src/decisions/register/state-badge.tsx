import type { DecisionState } from '@concert/domain/decisions/api.ts';
import { Badge } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

type Look = { readonly color: string; readonly variant: 'light' | 'default' | 'filled' };

const LOOK: Record<DecisionState, Look> = {
  draft: { color: 'gray', variant: 'default' },
  adopted: { color: 'lagoon', variant: 'light' },
  signed: { color: 'lagoon', variant: 'light' },
  published: { color: 'lagoon', variant: 'filled' },
  superseded: { color: 'gray', variant: 'light' },
  annulled: { color: 'red', variant: 'light' },
};

/** How a decision stands, in a word. */
export function StateBadge({ state }: { state: DecisionState }) {
  const t = useText(messages);
  return (
    <Badge radius="sm" {...LOOK[state]}>
      {t(`state.${state}`)}
    </Badge>
  );
}
