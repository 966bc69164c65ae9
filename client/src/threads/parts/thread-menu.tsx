import { atLeast } from '@concert/domain/access/roles.ts';
import type { ThreadDetail } from '@concert/domain/threads/api.ts';
import { ActionIcon, Button, Group, Menu, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import {
  IconDotsVertical,
  IconFolderSymlink,
  IconLink,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client, orpc } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useRefresh } from '../queries.ts';
import { linkOf } from './subject.ts';

type Props = { readonly thread: ThreadDetail; readonly onGone: () => void };

/** Everything that can be done with a discussion as a whole. */
export function ThreadMenu({ thread, onGone }: Props) {
  const t = useText(messages);
  const refresh = useRefresh();
  const [renaming, rename] = useDisclosure(false);
  const [moving, move] = useDisclosure(false);
  const [asking, ask] = useDisclosure(false);
  const { id, may, pinned, locked } = thread;
  const change = (what: { pinned?: boolean; locked?: boolean }) =>
    client.threads.update({ id, ...what }).then(
      () => refresh(id),
      (error: unknown) => sayProblem(error, t('thread.failed')),
    );
  const copy = () => navigator.clipboard.writeText(linkOf(id)).then(() => sayDone(t('thread.linkCopied')), sayProblem);
  const remove = () =>
    client.threads.remove({ id }).then(
      () => {
        sayDone(t('thread.deleted'));
        onGone();
        return refresh(id);
      },
      (error: unknown) => {
        sayProblem(error, t('thread.failed'));
        throw error;
      },
    );
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon aria-label={t('thread.more')}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={copy}>
            {t('thread.copyLink')}
          </Menu.Item>
          {may.arrange && (
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={rename.open}>
              {t('thread.rename')}
            </Menu.Item>
          )}
          {may.moderate && (
            <>
              <Menu.Item
                leftSection={pinned ? <IconPinnedOff size={16} aria-hidden /> : <IconPin size={16} aria-hidden />}
                onClick={() => void change({ pinned: !pinned })}
              >
                {t(pinned ? 'thread.unpin' : 'thread.pin')}
              </Menu.Item>
              <Menu.Item
                leftSection={locked ? <IconLockOpen size={16} aria-hidden /> : <IconLock size={16} aria-hidden />}
                onClick={() => void change({ locked: !locked })}
              >
                {t(locked ? 'thread.unlock' : 'thread.lock')}
              </Menu.Item>
              <Menu.Item leftSection={<IconFolderSymlink size={16} aria-hidden />} onClick={move.open}>
                {t('thread.move')}
              </Menu.Item>
            </>
          )}
          {may.remove && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={ask.open}>
                {t('thread.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        onClose={ask.close}
        title={t('thread.delete.title')}
        action={t('thread.delete.submit')}
        onConfirm={remove}
      >
        {t('thread.delete.body')}
      </ConfirmDialog>
      <RenameDialog key={thread.title} thread={thread} opened={renaming} onClose={rename.close} />
      <MoveDialog thread={thread} opened={moving} onClose={move.close} />
    </>
  );
}

type DialogProps = { readonly thread: ThreadDetail; readonly opened: boolean; readonly onClose: () => void };

function RenameDialog({ thread, opened, onClose }: DialogProps) {
  const t = useText(messages);
  const say = useText(common);
  const refresh = useRefresh();
  const [title, setTitle] = useState(thread.title ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    client.threads.update({ id: thread.id, title: title.trim() || null }).then(
      () => {
        onClose();
        return refresh(thread.id);
      },
      (error: unknown) => sayProblem(error, t('thread.failed')),
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('thread.rename')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <form onSubmit={submit}>
        <TextInput
          label={t('new.subject')}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit">{t('thread.rename.submit')}</Button>
        </Group>
      </form>
    </Modal>
  );
}

function MoveDialog({ thread, opened, onClose }: DialogProps) {
  const t = useText(messages);
  const say = useText(common);
  const refresh = useRefresh();
  const [workspaceId, setWorkspaceId] = useState<string | null>(thread.workspaceId);
  const [documentId, setDocumentId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const workspaces = useQuery({ ...orpc.workspaces.list.queryOptions({ input: { limit: 200 } }), enabled: opened });
  const documents = useQuery({
    ...orpc.documents.list.queryOptions({ input: { workspaceId: workspaceId ?? '', limit: 50, ...(q ? { q } : {}) } }),
    enabled: opened && workspaceId !== null,
  });
  const targets = (workspaces.data?.items ?? []).filter(
    ({ role, state }) => state === 'active' && atLeast(role, 'editor'),
  );
  const here = thread.subject.id === (documentId ?? workspaceId);
  const submit = () => {
    if (workspaceId === null) return;
    client.threads.move({ id: thread.id, workspaceId, ...(documentId === null ? {} : { documentId }) }).then(
      () => {
        sayDone(t('thread.moved'));
        onClose();
        return refresh(thread.id);
      },
      (error: unknown) => sayProblem(error, t('thread.failed')),
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('thread.move.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Select
          label={t('thread.move.workspace')}
          data={targets.map(({ id, name }) => ({ value: id, label: name }))}
          value={workspaceId}
          onChange={(id) => {
            setWorkspaceId(id);
            setDocumentId(null);
          }}
        />
        <Select
          label={t('thread.move.document')}
          placeholder={t('thread.move.document.none')}
          data={(documents.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          value={documentId}
          onChange={setDocumentId}
          searchable
          clearable
          onSearchChange={setTyped}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button disabled={workspaceId === null || here} onClick={submit}>
            {t('thread.move.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
