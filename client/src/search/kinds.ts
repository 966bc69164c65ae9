import type { FoundKind } from '@concert/domain/search/api.ts';
import { type Icon, IconMessages, IconUser } from '@tabler/icons-react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { KIND_ICON } from '../ui/kind-icon.tsx';
import { messages } from './messages.ts';

/** The sign of each kind of thing that can be found. */
export const FOUND_ICON: Readonly<Record<FoundKind, Icon>> = { ...KIND_ICON, thread: IconMessages, person: IconUser };

/** What each of them is called. */
export function useKindName(): (kind: FoundKind) => string {
  const t = useText(messages);
  const say = useText(common);
  return (kind) => (kind === 'thread' || kind === 'person' ? t(`kind.${kind}`) : say(`kind.${kind}`));
}
