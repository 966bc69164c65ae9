import type { DocumentDetail, Version } from '@concert/domain/documents/api.ts';
import { Button, Group, Modal, Tabs, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRestore } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RenderedFields } from '../../platform/editor/rendered-fields.tsx';
import { RenderedText } from '../../platform/editor/rendered-text.tsx';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { PageSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { HashButton } from './versions-drawer.tsx';

type Props = {
  readonly version: Version | undefined;
  readonly document: DocumentDetail;
  readonly editable: boolean;
  readonly onClose: () => void;
};

/** One version, to read; and the way back to it. */
export function VersionDialog({ version, document, editable, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <Modal
      opened={version !== undefined}
      onClose={onClose}
      size="56rem"
      // What stands in front is closed first.
      closeOnEscape={!asking}
      title={version ? (version.label ?? t('versions.view', { date: format.dateTime(version.createdAt) })) : ''}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {version && (
        <VersionBody
          version={version}
          document={document}
          restore={editable ? { asking, open, close, onDone: onClose } : undefined}
        />
      )}
    </Modal>
  );
}

/** The question before going back: whether it stands, and what opens and ends it. */
type Asking = {
  readonly asking: boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly onDone: () => void;
};

type BodyProps = {
  readonly version: Version;
  readonly document: DocumentDetail;
  /** Undefined for readers. */
  readonly restore: Asking | undefined;
};

function VersionBody({ version, document, restore }: BodyProps) {
  const t = useText(messages);
  const format = useFormat();
  const full = useQuery(
    orpc.documents.version.queryOptions({
      input: { id: document.id, versionId: version.id },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  if (full.isPending) return <PageSkeleton />;
  if (full.isError) return <ErrorState error={full.error} onRetry={() => void full.refetch()} />;
  const { content, title, hash, createdAt, authors } = full.data;
  return (
    <>
      <Group justify="space-between" mb="md" gap="sm">
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {format.dateTime(createdAt)}
            {authors.length > 0 && ` · ${format.list(authors.map(({ name }) => name))}`}
          </Text>
          <HashButton hash={hash} />
        </Group>
        {restore && <RestoreButton documentId={document.id} versionId={version.id} {...restore} />}
      </Group>
      <Title order={2} mb="md">
        {title}
      </Title>
      <Tabs defaultValue="text" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="text">{t('versions.text')}</Tabs.Tab>
          <Tabs.Tab value="fields">{t('versions.fields')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="text">
          <RenderedText kind={content.kind} body={content.body} />
        </Tabs.Panel>
        <Tabs.Panel value="fields">
          <RenderedFields kind={content.kind} fields={content.fields} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Brings the document back to a version, once confirmed. */
export function useRestoreVersion(documentId: string, onDone?: () => void) {
  const t = useText(messages);
  const queries = useQueryClient();
  return useMutation(
    orpc.documents.restoreVersion.mutationOptions({
      onSuccess: () => {
        sayDone(t('versions.restore.done'));
        void queries.invalidateQueries({ queryKey: orpc.documents.versions.key() });
        void queries.invalidateQueries({ queryKey: orpc.documents.get.key({ input: { id: documentId } }) });
        onDone?.();
      },
      onError: (error) => sayProblem(error, t('versions.restore.failed')),
    }),
  );
}

type RestoreProps = Asking & { readonly documentId: string; readonly versionId: string };

function RestoreButton({ documentId, versionId, asking, open, close, onDone }: RestoreProps) {
  const t = useText(messages);
  const restore = useRestoreVersion(documentId, onDone);
  return (
    <>
      <Button size="xs" variant="light" leftSection={<IconRestore size={15} aria-hidden />} onClick={open}>
        {t('versions.restore')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t('versions.restore.title')}
        action={t('versions.restore')}
        danger={false}
        onConfirm={() => restore.mutateAsync({ id: documentId, versionId })}
      >
        {t('versions.restore.body')}
      </ConfirmDialog>
    </>
  );
}
