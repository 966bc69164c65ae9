import type { KeptPaper } from '@concert/domain/decisions/api.ts';
import { DocumentContent } from '@concert/domain/documents/api.ts';
import { Group, Modal, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { RenderedFields } from '../../platform/editor/rendered-fields.tsx';
import { RenderedText } from '../../platform/editor/rendered-text.tsx';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import styles from './decision.module.css';

type Props = {
  readonly decisionId: string;
  /** Undefined: closed. */
  readonly paper: KeptPaper | undefined;
  readonly onClose: () => void;
};

/** A text as the register keeps it, to read. */
export function KeptText({ decisionId, paper, onClose }: Props) {
  const say = useText(common);
  return (
    <Modal
      opened={paper !== undefined}
      onClose={onClose}
      size="56rem"
      title={paper?.title}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {paper && <Reading decisionId={decisionId} paper={paper} />}
    </Modal>
  );
}

/** The SHA-256 of a text; nothing where the browser does not compute any, as over plain http. */
async function sha256(text: string): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function Reading({ decisionId, paper: { documentId, late } }: { decisionId: string; paper: KeptPaper }) {
  const t = useText(messages);
  // What the register keeps never changes.
  const kept = useQuery(
    orpc.decisions.paper.queryOptions({
      input: { id: decisionId, documentId },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const content = kept.data?.content;
  const computed = useQuery({
    queryKey: ['decisions', 'kept-hash', decisionId, documentId],
    queryFn: () => sha256(content ?? ''),
    enabled: content !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (kept.isPending) return <PageSkeleton />;
  if (kept.isError) return <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />;
  const { hash } = kept.data;
  const { kind, body, fields } = DocumentContent.parse(JSON.parse(kept.data.content));
  return (
    <>
      <Text size="sm" className={styles.hash} c="dimmed">
        {t(late ? 'papers.keptLate' : 'papers.kept', { hash })}
      </Text>
      {computed.data && <Checked same={computed.data === hash} />}
      <Tabs defaultValue="text" keepMounted={false} mt="md">
        <Tabs.List mb="md">
          <Tabs.Tab value="text">{t('papers.text')}</Tabs.Tab>
          <Tabs.Tab value="fields">{t('papers.fields')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="text">
          <RenderedText kind={kind} body={body} />
        </Tabs.Panel>
        <Tabs.Panel value="fields">
          <RenderedFields kind={kind} fields={fields} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Checked({ same }: { same: boolean }) {
  const t = useText(messages);
  const Sign = same ? IconShieldCheck : IconAlertTriangle;
  return (
    <Group gap={6} mt={4} wrap="nowrap" c={same ? 'var(--concert-accent-text)' : 'red'}>
      <Sign size={16} aria-hidden />
      <Text size="sm">{t(same ? 'papers.verified' : 'papers.broken')}</Text>
    </Group>
  );
}
