import { DOCUMENT_KINDS } from '@concert/domain/documents/api.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ref, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import type { Command } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { KIND_ICON } from '../ui/kind-icon.tsx';
import { messages } from './messages.ts';
import { openCreateDocument } from './parts/create-dialog.tsx';

const FOUND = 8;

/** In the palette: the latest documents while nothing is typed, and creating one of each kind. */
export function useDocumentCommands(typed: string): readonly Command[] {
  const t = useText(messages);
  const say = useText(common);
  const navigate = useNavigate();
  const q = typed.trim();
  const found = useQuery({
    ...orpc.documents.recent.queryOptions({ input: { limit: FOUND } }),
    enabled: q === '',
  });
  // What is typed is found by the search.
  const recent = q === '' ? found.data?.items : [];
  return [
    ...(recent ?? []).map(({ id, title, kind, workspaceName }) => ({
      id: `document ${id}`,
      group: ref(messages, 'palette.documents'),
      label: title,
      detail: workspaceName,
      icon: KIND_ICON[kind],
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
