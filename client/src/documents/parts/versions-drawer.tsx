import type { DocumentDetail, Version } from '@concert/domain/documents/api.ts';
import {
  Badge,
  Button,
  CopyButton,
  Drawer,
  Group,
  Stack,
  Text,
  TextInput,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { IconHash, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { nextCursor, orpc } from '../../platform/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { AvatarStack } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { VersionDialog } from './version-dialog.tsx';
import styles from './versions-drawer.module.css';

type Props = {
  readonly document: DocumentDetail;
  readonly editable: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** The kept states of a document: who wrote up to each, its hash, opening it, keeping one now. */
export function VersionsDrawer({ document, editable, opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const [shown, setShown] = useState<Version>();
  return (
    <>
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        // What stands in front is closed first.
        closeOnEscape={shown === undefined}
        size="26rem"
        title={
          <Text span fw={600} size="lg">
            {t('versions.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Text size="sm" c="dimmed" mb="md">
          {t('versions.detail')}
        </Text>
        {editable && <KeepForm documentId={document.id} />}
        <VersionList documentId={document.id} onShow={setShown} />
      </Drawer>
      <VersionDialog version={shown} document={document} editable={editable} onClose={() => setShown(undefined)} />
    </>
  );
}

function KeepForm({ documentId }: { documentId: string }) {
  const t = useText(messages);
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const keep = useMutation(
    orpc.documents.createVersion.mutationOptions({
      onSuccess: () => {
        setLabel('');
        sayDone(t('versions.created'));
        void queries.invalidateQueries({ queryKey: orpc.documents.versions.key() });
      },
      onError: (error) => sayProblem(error, t('versions.failed')),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate({ id: documentId, ...(label.trim() ? { label: label.trim() } : {}) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" mb="lg">
        <TextInput
          label={t('versions.label')}
          placeholder={t('versions.label.placeholder')}
          maxLength={120}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button type="submit" loading={keep.isPending} variant="light">
          {t('versions.create')}
        </Button>
      </Stack>
    </form>
  );
}

function VersionList({ documentId, onShow }: { documentId: string; onShow: (version: Version) => void }) {
  const t = useText(messages);
  const list = useInfiniteQuery(
    orpc.documents.versions.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: documentId, limit: 30, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
  if (list.isPending) return <ListSkeleton />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const versions = list.data.pages.flatMap(({ items }) => items);
  if (versions.length === 0) {
    return (
      <EmptyState icon={IconHistory} title={t('versions.title')} compact>
        {t('versions.empty')}
      </EmptyState>
    );
  }
  return (
    <>
      <Rows label={t('versions.title')}>
        {versions.map((version) => (
          <VersionLine key={version.id} version={version} onShow={() => onShow(version)} />
        ))}
      </Rows>
      <LoadMore list={list} />
    </>
  );
}

const NAME = { named: 'versions.named', automatic: 'versions.automatic', restore: 'versions.restored' } as const;

function VersionLine({ version, onShow }: { version: Version; onShow: () => void }) {
  const t = useText(messages);
  const format = useFormat();
  const { kind, label, createdAt, authors, hash } = version;
  const name = label ?? format.dateTime(createdAt);
  return (
    <div className={styles.line}>
      <UnstyledButton className={styles.open} onClick={onShow} aria-label={t('versions.open', { label: name })}>
        <Group gap={6} wrap="nowrap">
          <Text size="sm" fw={label ? 600 : 500} truncate>
            {name}
          </Text>
          {kind !== 'named' && (
            <Badge variant="default" size="sm">
              {t(NAME[kind])}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          <RelativeTime at={createdAt} />
          {' · '}
          {authors.length > 0
            ? t('versions.authors', { names: format.list(authors.map((author) => author.name)) })
            : t('versions.noAuthors')}
        </Text>
      </UnstyledButton>
      <Group gap={6} wrap="nowrap">
        <AvatarStack people={authors} max={3} size={22} />
        <HashButton hash={hash} />
      </Group>
    </div>
  );
}

const SHORT = 8;

/** The beginning of a hash; copies all of it. */
export function HashButton({ hash }: { hash: string }) {
  const t = useText(messages);
  return (
    <CopyButton value={hash}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('versions.hashCopied') : hash}>
          <UnstyledButton
            className={styles.hash}
            onClick={copy}
            aria-label={t('versions.hash', { hash: hash.slice(0, SHORT) })}
          >
            <IconHash size={12} aria-hidden />
            {hash.slice(0, SHORT)}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
