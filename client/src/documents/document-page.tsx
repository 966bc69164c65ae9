import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { DocumentFrame } from '../platform/document-parts.tsx';
import { eraseCopy } from '../platform/editor/local-copies.ts';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { orpc, problemOf } from '../platform/query.ts';
import { useMe } from '../platform/session.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { DocumentBar } from './parts/document-bar.tsx';
import { DocumentRoom } from './parts/document-room.tsx';
import { DocumentWork } from './parts/document-work.tsx';
import { NotOpen, RefusalPage } from './parts/refusal-page.tsx';

/** Where the document stands: its workspace, or what was shared with me when the workspace is not mine to know. */
const homeOf = ({ shared, workspaceName, workspaceId }: DocumentDetail, sharedTitle: string) =>
  shared ? { label: sharedTitle, to: '/shared' } : { label: workspaceName, to: `/workspaces/${workspaceId}` };

const LOOK = { Bar: DocumentBar, Work: DocumentWork };

/** `/documents/{id}`: one document, live. */
export function Page() {
  const t = useText(messages);
  const { documentId = '' } = useParams();
  const me = useMe();
  const detail = useQuery(orpc.documents.get.queryOptions({ input: { id: documentId } }));
  const gone = detail.isError && problemOf(detail.error).status === 404;
  const document = gone ? undefined : detail.data;
  usePage(document?.title ?? '', document ? [homeOf(document, t('shared.title'))] : []);

  useEffect(() => {
    if (gone) void eraseCopy(me.id, documentId);
  }, [gone, me.id, documentId]);

  // Whoever was reading it a moment ago is told that this has ended, rather than that it is not there.
  if (gone && detail.data) return <RefusalPage refusal="no-document" document={detail.data} />;
  if (gone) return <NotOpen />;
  if (document) {
    return (
      <DocumentFrame key={document.id} document={document}>
        <DocumentRoom document={document} look={LOOK} />
      </DocumentFrame>
    );
  }
  if (detail.isError) {
    return (
      <PageBody>
        <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
      </PageBody>
    );
  }
  return <PageSkeleton />;
}
