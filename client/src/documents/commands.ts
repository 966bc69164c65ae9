import { DOCUMENT_KINDS } from '@concert/domain/documents/api.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ref, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import type { Command } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { KIND_ICON } from '../ui/kind-icon.tsx';
import { messages } from './messages.ts';
import { openCreateDocument } from './parts/create-dialog.tsx';

const FOUND = 8;

/** In the palette: documents by their title, and creating one of each kind. */
export function useDocumentCommands(typed: string): readonly Command[] {
  const t = useText(messages);
  const say = useText(common);
  const navigate = useNavigate();
  const [q] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery({
    ...orpc.documents.recent.queryOptions({ input: { limit: FOUND, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
  return [
    ...(found.data?.items ?? []).map(({ id, title, kind, workspaceName }) => ({
      id: `document ${id}`,
      group: ref(messages, 'palette.documents'),
      label: title,
      detail: workspaceName,
      icon: KIND_ICON[kind],
      found: true,
      run: () => void navigate(`/documents/${id}`),
    })),
    ...DOCUMENT_KINDS.map((kind) => ({
      id: `create ${kind}`,
      group: ref(common, 'palette.do'),
      label: t('palette.create', { kind: say(`kind.${kind}`) }),
      icon: KIND_ICON[kind],
      run: () => openCreateDocument({ kind }),
    })),
  ];
}
