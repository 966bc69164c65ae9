import type { DocumentItem } from '@concert/domain/documents/api.ts';
import { IconAlertTriangle, IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../platform/i18n.ts';
import type { WaitingItem } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { useMe } from '../platform/session.tsx';
import { messages } from './messages.ts';

/** So many documents are looked at: those that changed last. */
const LOOKED_AT = 50;
const SHOWN = 5;

/** What a document waits for, when it waits for this person. */
export function waitsFor(document: DocumentItem, personId: string): 'repair' | 'completion' | undefined {
  const { createdBy, updatedBy, completeness, quarantined } = document;
  if (createdBy.id !== personId && updatedBy?.id !== personId) return undefined;
  if (quarantined) return 'repair';
  return completeness && completeness.missing.length > 0 ? 'completion' : undefined;
}

/** Documents that I began, or changed last, and that lack something; those that nobody can write in come first. */
export function useDocumentsWaiting(): readonly WaitingItem[] {
  const t = useText(messages);
  const me = useMe();
  const recent = useQuery(orpc.documents.recent.queryOptions({ input: { limit: LOOKED_AT } }));
  const waiting = (recent.data?.items ?? []).map((document) => ({ document, what: waitsFor(document, me.id) }));
  const inOrder = (['repair', 'completion'] as const).flatMap((what) => waiting.filter((one) => one.what === what));
  return inOrder.slice(0, SHOWN).map(({ document: { id, title, completeness }, what }) => ({
    id: `document ${id}`,
    icon: what === 'repair' ? IconAlertTriangle : IconListCheck,
    title: title || t('page.titlePlaceholder'),
    detail:
      what === 'repair'
        ? t('waiting.quarantined')
        : t('waiting.incomplete', { count: completeness?.missing.length ?? 0 }),
    to: `/documents/${id}`,
  }));
}
