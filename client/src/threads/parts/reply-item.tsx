import type { Reply, ThreadDetail } from '@concert/domain/threads/api.ts';
import { ActionIcon, Alert, Anchor, Badge, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconDots, IconLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client, orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { SentFiles } from '../attachments/file-chips.tsx';
import { messages } from '../messages.ts';
import { useRefresh } from '../queries.ts';
import { Composer } from './composer.tsx';
import type { Suggested } from './mention-list.tsx';
import { MessageView } from './message-view.tsx';
import { AddReaction, Reactions } from './reactions.tsx';
import styles from './reply-item.module.css';
import { linkOf } from './subject.ts';

type Props = {
  readonly reply: Reply;
  readonly thread: ThreadDetail;
  readonly find: (query: string) => Promise<readonly Suggested[]>;
};

/** One message of a discussion, with what can be done to it. */
export function ReplyItem({ reply, thread, find }: Props) {
  const t = useText(messages);
  const [editing, edit] = useDisclosure(false);
  const { author, createdAt, editedAt, deleted } = reply;
  const answer = thread.answerId === reply.id;
  return (
    <article
      id={`message-${reply.id}`}
      className={styles.item}
      data-answer={answer || undefined}
      aria-label={author.name}
    >
      <PersonAvatar person={author} size={36} decorative />
      <div>
        <div className={styles.head}>
          <span className={styles.name}>{author.name}</span>
          <span className={styles.quiet}>
            <RelativeTime at={createdAt} />
          </span>
          {editedAt && !deleted && <Edited reply={reply} />}
          {answer && (
            <Badge size="sm" leftSection={<IconCheck size={12} aria-hidden />}>
              {t('reply.isAnswer')}
            </Badge>
          )}
        </div>
        {deleted && (
          <Text size="sm" className={styles.gone}>
            {deleted.by.id === author.id ? t('reply.deletedOwn') : t('reply.deleted', { name: deleted.by.name })}
          </Text>
        )}
        {!deleted && !editing && (
          <>
            <MessageView body={reply.body} />
            <SentFiles replyId={reply.id} files={reply.attachments} />
            <div className={styles.below}>
              <OutOfReach reply={reply} thread={thread} />
              <Reactions reply={reply} open={thread.may.reply} />
            </div>
          </>
        )}
        {editing && <EditForm reply={reply} find={find} onDone={edit.close} />}
      </div>
      {!deleted && !editing && <Actions reply={reply} thread={thread} onEdit={edit.open} />}
    </article>
  );
}

function EditForm({ reply, find, onDone }: Pick<Props, 'reply' | 'find'> & { onDone: () => void }) {
  const t = useText(messages);
  const refresh = useRefresh();
  return (
    <Composer
      initial={reply.body}
      submit={t('reply.save')}
      failed={t('reply.editFailed')}
      find={find}
      autoFocus
      onCancel={onDone}
      onSend={async ({ body }) => {
        await client.threads.editReply({ id: reply.id, body });
        await refresh(reply.threadId);
        onDone();
      }}
    />
  );
}

function Actions({ reply, thread, onEdit }: Omit<Props, 'find'> & { onEdit: () => void }) {
  const t = useText(messages);
  const me = useMe();
  const refresh = useRefresh();
  const [asking, ask] = useDisclosure(false);
  const own = reply.author.id === me.id;
  const answer = thread.answerId === reply.id;
  const copy = () =>
    navigator.clipboard.writeText(linkOf(thread.id, reply.id)).then(() => sayDone(t('thread.linkCopied')), sayProblem);
  const markAnswer = () =>
    client.threads.update({ id: thread.id, answerId: answer ? null : reply.id }).then(
      () => refresh(thread.id),
      (error: unknown) => sayProblem(error, t('thread.failed')),
    );
  const remove = () =>
    client.threads.removeReply({ id: reply.id }).then(
      () => refresh(thread.id),
      (error: unknown) => {
        sayProblem(error, t('reply.editFailed'));
        throw error;
      },
    );
  return (
    <div className={styles.actions}>
      {thread.may.reply && <AddReaction reply={reply} />}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon size="md" aria-label={t('reply.more', { name: reply.author.name })}>
            <IconDots size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={copy}>
            {t('reply.copyLink')}
          </Menu.Item>
          {thread.may.arrange && reply.seq > 1 && (
            <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={() => void markAnswer()}>
              {t(answer ? 'reply.noAnswer' : 'reply.answer')}
            </Menu.Item>
          )}
          {own && thread.may.reply && (
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
              {t('reply.edit')}
            </Menu.Item>
          )}
          {(own || thread.may.moderate) && (
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={ask.open}>
              {t('reply.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        onClose={ask.close}
        title={t('reply.delete.title')}
        action={t('reply.delete')}
        onConfirm={remove}
      >
        {t('reply.delete.body')}
      </ConfirmDialog>
    </div>
  );
}

/** That a message was changed, and the way to what it said before. */
function Edited({ reply }: { reply: Reply }) {
  const t = useText(messages);
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <button type="button" className={styles.edited} onClick={open}>
        {t('reply.edited')}
      </button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('reply.history')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <History reply={reply} />
      </Modal>
    </>
  );
}

function History({ reply }: { reply: Reply }) {
  const t = useText(messages);
  const format = useFormat();
  const history = useQuery(orpc.threads.history.queryOptions({ input: { id: reply.id }, staleTime: 0 }));
  if (history.isPending) return <ListSkeleton count={2} />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data.items.length === 0) return <Text size="sm">{t('reply.history.empty')}</Text>;
  return (
    <Stack gap="md">
      {history.data.items.map(({ body, at }) => (
        <div key={at}>
          <Text size="xs" c="dimmed" mb={4}>
            {format.dateTime(at)}
          </Text>
          <MessageView body={body} />
        </div>
      ))}
    </Stack>
  );
}

/** Tells the author whom a mention did not reach, and where to let them in. */
function OutOfReach({ reply, thread }: Omit<Props, 'find'>) {
  const t = useText(messages);
  const format = useFormat();
  const me = useMe();
  const [closed, setClosed] = useState(false);
  const names = reply.mentions.flatMap(({ unreachable, name }) => (unreachable && name ? [name] : []));
  if (names.length === 0 || reply.author.id !== me.id || closed) return null;
  return (
    <Alert color="yellow" py={6} withCloseButton onClose={() => setClosed(true)}>
      <Group gap="xs">
        <Text size="sm">{t('mention.invite', { count: names.length, names: format.list(names) })}</Text>
        {thread.visibility === 'everyone' && (
          <Anchor component={Link} size="sm" to={`/workspaces/${thread.workspaceId}/members`}>
            {t('mention.invite.action')}
          </Anchor>
        )}
      </Group>
    </Alert>
  );
}
