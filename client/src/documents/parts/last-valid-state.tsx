import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RenderedFields } from '../../platform/editor/rendered-fields.tsx';
import { RenderedText } from '../../platform/editor/rendered-text.tsx';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';

/** The newest version of a document, which is its last valid state; undefined until it is known, or without one. */
export function useNewestVersion(documentId: string) {
  const versions = useQuery(orpc.documents.versions.queryOptions({ input: { id: documentId, limit: 1 } }));
  return { versions, newest: versions.data?.items[0] };
}

/** What a quarantined document said when it was last in order: to read on while it waits to be mended. */
export function LastValidState({ document }: { document: DocumentDetail }) {
  const { newest } = useNewestVersion(document.id);
  return newest ? <VersionToRead documentId={document.id} versionId={newest.id} /> : null;
}

function VersionToRead({ documentId, versionId }: { documentId: string; versionId: string }) {
  const t = useText(messages);
  const format = useFormat();
  const full = useQuery(
    orpc.documents.version.queryOptions({
      input: { id: documentId, versionId },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  if (full.isPending) return <PageSkeleton />;
  return (
    <PageBody>
      {full.isError ? (
        <ErrorState error={full.error} onRetry={() => void full.refetch()} />
      ) : (
        <>
          <Title order={1}>{full.data.title}</Title>
          <Text size="sm" c="dimmed" mt={4} mb="md">
            {t('quarantine.shown', { date: format.dateTime(full.data.createdAt) })}
          </Text>
          <Tabs defaultValue="text" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="text">{t('versions.text')}</Tabs.Tab>
              <Tabs.Tab value="fields">{t('versions.fields')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="text">
              <RenderedText kind={full.data.content.kind} body={full.data.content.body} />
            </Tabs.Panel>
            <Tabs.Panel value="fields">
              <RenderedFields kind={full.data.content.kind} fields={full.data.content.fields} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </PageBody>
  );
}
