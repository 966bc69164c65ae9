import type { PersonState } from '@concert/domain/administration/people.ts';
import { Badge } from '@mantine/core';
import type { z } from 'zod';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

type State = z.infer<typeof PersonState>;

const LOOK: Record<State, { readonly variant: string; readonly color?: string }> = {
  active: { variant: 'light' },
  suspended: { variant: 'light', color: 'red' },
  unverified: { variant: 'light', color: 'yellow' },
  erased: { variant: 'default' },
};

/** Where an account stands, in a word. */
export function StateBadge({ state }: { state: State }) {
  const t = useText(messages);
  return (
    <Badge radius="sm" {...LOOK[state]}>
      {t(`state.${state}`)}
    </Badge>
  );
}
