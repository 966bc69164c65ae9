import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { Alert, Box, Button, Text, Title } from '@mantine/core';
import { IconDoorExit, IconFileOff, IconKey, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Refusal } from '../../platform/editor/refusal.ts';
import { RenderedText } from '../../platform/editor/rendered-text.tsx';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { useSession } from '../../platform/session.tsx';
import { FullPageState } from '../../ui/full-page-state.tsx';
import { messages } from '../messages.ts';

/** Stands where the document was, once the server has said that this page may not have it. */
export function RefusalPage({ refusal, document }: { refusal: Refusal; document: DocumentDetail }) {
  const t = useText(messages);
  const navigate = useNavigate();
  const { lose } = useSession();
  const home = { label: t('page.home'), run: () => void navigate('/') };
  if (refusal === 'client-too-old') return <TooOld document={document} />;
  if (refusal === 'no-session') {
    return (
      <FullPageState
        icon={IconKey}
        title={t('refusal.noSession.title')}
        action={{ label: t('refusal.noSession.action'), run: lose }}
      >
        {t('refusal.noSession.body')}
      </FullPageState>
    );
  }
  if (refusal === 'no-document') {
    return (
      <FullPageState icon={IconFileOff} title={t('refusal.noDocument.title')} action={home}>
        {t('refusal.noDocument.body')}
      </FullPageState>
    );
  }
  return (
    <FullPageState icon={IconDoorExit} title={t('refusal.noRight.title')} action={home}>
      {t('refusal.noRight.body')}
    </FullPageState>
  );
}

/** The address of a document that the reader may not open, or that is not there: nobody can tell which. */
export function NotOpen() {
  const t = useText(messages);
  const navigate = useNavigate();
  return (
    <FullPageState
      icon={IconFileOff}
      title={t('page.notFound.title')}
      action={{ label: t('page.home'), run: () => void navigate('/') }}
    >
      {t('page.notFound.body')}
    </FullPageState>
  );
}

/** The text for a page whose editor the server has outgrown: readable, with the way to the new one. */
function TooOld({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const content = useQuery(orpc.documents.content.queryOptions({ input: { id: document.id, format: 'json' } }));
  const body = content.data?.body;
  return (
    <Box maw="46rem" mx="auto" p="lg">
      <Alert icon={<IconRefresh aria-hidden />} title={t('refusal.old.title')} mb="lg">
        <Text size="sm">{t('refusal.old.body')}</Text>
        <Button size="xs" mt="sm" onClick={() => window.location.reload()}>
          {t('refusal.old.action')}
        </Button>
      </Alert>
      <Title order={1} mb="md">
        {document.title}
      </Title>
      {body && 'body' in body && <RenderedText kind={document.kind} body={body.body} />}
    </Box>
  );
}
