import type { DocumentKind } from '@concert/domain/documents/api.ts';
import type { FoundKind } from '@concert/domain/search/api.ts';
import { type Icon, IconCalendarEvent, IconChecklist, IconGavel, IconMessages, IconUser } from '@tabler/icons-react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { KIND_ICON } from '../ui/kind-icon.tsx';
import { messages } from './messages.ts';

/** The sign of each kind of thing that can be found. */
export const FOUND_ICON: Readonly<Record<FoundKind, Icon>> = {
  ...KIND_ICON,
  thread: IconMessages,
  meeting: IconCalendarEvent,
  decision: IconGavel,
  action: IconChecklist,
  person: IconUser,
};

const isDocument = (kind: FoundKind): kind is DocumentKind => kind in KIND_ICON;

/** What each of them is called. */
export function useKindName(): (kind: FoundKind) => string {
  const t = useText(messages);
  const say = useText(common);
  return (kind) => (isDocument(kind) ? say(`kind.${kind}`) : t(`kind.${kind}`));
}
