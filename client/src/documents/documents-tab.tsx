import { atLeast } from '@concert/domain/access/roles.ts';
import { DOCUMENT_KINDS, type DocumentItem, type DocumentKind } from '@concert/domain/documents/api.ts';
import type { Workspace } from '@concert/domain/workspaces/api.ts';
import { Button, Group, Select, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowLeft, IconFilePlus, IconFileSearch, IconPlus, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { nextCursor, orpc } from '../platform/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { sayDone, sayProblem } from '../ui/notify.ts';
import { Rows } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { openCreateDocument } from './parts/create-dialog.tsx';
import { DocumentRow } from './parts/document-row.tsx';
import { usePresence } from './queries.ts';

type Filter = { readonly kind?: DocumentKind; readonly q?: string; readonly trashed?: boolean };

function useDocuments(workspaceId: string, { kind, q, trashed }: Filter) {
  const filter = { ...(kind ? { kind } : {}), ...(q ? { q } : {}), ...(trashed ? { trashed: 'true' } : {}) };
  return useInfiniteQuery({
    ...orpc.documents.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, limit: 40, ...filter, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
}

/** The documents of a workspace, and its trash behind them. */
export function DocumentsTab({ workspace }: { workspace: Workspace }) {
  const [trash, setTrash] = useState(false);
  const mayWrite = workspace.state === 'active' && atLeast(workspace.role, 'editor');
  if (trash) return <TrashList workspace={workspace} mayWrite={mayWrite} onBack={() => setTrash(false)} />;
  return <DocumentList workspace={workspace} mayWrite={mayWrite} onTrash={() => setTrash(true)} />;
}

type ListProps = { readonly workspace: Workspace; readonly mayWrite: boolean };

function DocumentList({ workspace, mayWrite, onTrash }: ListProps & { onTrash: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<DocumentKind>();
  const [q] = useDebouncedValue(typed.trim(), 200);
  const list = useDocuments(workspace.id, { ...(kind ? { kind } : {}), ...(q ? { q } : {}) });
  const { byDocument } = usePresence(workspace.id);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = typed !== '' || q !== '' || kind !== undefined;
  const empty = list.isSuccess && items.length === 0 && !filtered;
  const create = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => openCreateDocument({ workspaceId: workspace.id })}
    >
      {t('list.new')}
    </Button>
  );
  return (
    <Stack gap="md">
      <Group justify={empty ? 'flex-end' : 'space-between'} gap="sm">
        {!empty && (
          <Group gap="sm" flex="1 1 20rem">
            <SearchField label={t('list.filter')} value={typed} onChange={setTyped} />
            <Select
              w={{ base: '100%', xs: '13rem' }}
              aria-label={t('list.kinds')}
              placeholder={t('list.allKinds')}
              clearable
              data={DOCUMENT_KINDS.map((each) => ({ value: each, label: say(`kind.${each}`) }))}
              value={kind ?? null}
              onChange={(next) => setKind(DOCUMENT_KINDS.find((each) => each === next))}
            />
          </Group>
        )}
        <Group gap="sm">
          <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} aria-hidden />} onClick={onTrash}>
            {t('trash.show')}
          </Button>
          {mayWrite && !empty && create}
        </Group>
      </Group>
      {list.isPending && <ListSkeleton count={5} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {empty && (
        <EmptyState icon={IconFilePlus} title={t('list.empty.title')} action={mayWrite ? create : undefined}>
          {t(mayWrite ? 'list.empty.body' : 'list.empty.readOnly')}
        </EmptyState>
      )}
      {list.isSuccess && items.length === 0 && filtered && (
        <EmptyState icon={IconFileSearch} title={t('list.none.title')} compact>
          {t('list.none.body')}
        </EmptyState>
      )}
      <Rows label={t('list.label')}>
        {items.map((document) => (
          <DocumentRow key={document.id} document={document} here={byDocument.get(document.id) ?? []} />
        ))}
      </Rows>
      <LoadMore list={list} />
    </Stack>
  );
}

function TrashList({ workspace, mayWrite, onBack }: ListProps & { onBack: () => void }) {
  const t = useText(messages);
  const list = useDocuments(workspace.id, { trashed: true });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="md">
      <Group>
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
          {t('trash.back')}
        </Button>
      </Group>
      {list.isPending && <ListSkeleton count={3} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState icon={IconTrash} title={t('trash.empty.title')}>
          {t('trash.empty.body')}
        </EmptyState>
      )}
      <Rows label={t('tab.trash')}>
        {items.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            action={<TakeBack document={document} disabled={!mayWrite} />}
          />
        ))}
      </Rows>
      <LoadMore list={list} />
    </Stack>
  );
}

function TakeBack({ document, disabled }: { document: DocumentItem; disabled: boolean }) {
  const t = useText(messages);
  const queries = useQueryClient();
  const restore = useMutation(
    orpc.documents.restore.mutationOptions({
      onSuccess: ({ title }) => {
        sayDone(t('trash.restored', { title }));
        void queries.invalidateQueries({ queryKey: orpc.documents.key() });
      },
      onError: (error) => sayProblem(error, t('trash.failed')),
    }),
  );
  return (
    <Button
      size="xs"
      variant="default"
      disabled={disabled}
      loading={restore.isPending}
      onClick={() => restore.mutate({ id: document.id })}
    >
      {t('trash.restore')}
    </Button>
  );
}
