import type { Reply, ThreadDetail } from '@concert/domain/threads/api.ts';
import { Alert, Anchor, Badge, Button, Group, Text, Title } from '@mantine/core';
import { IconArrowDown, IconCheck, IconEyeOff, IconLock, IconPin, IconRotate } from '@tabler/icons-react';
import { Fragment, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { SubjectActions } from '../../platform/subject-actions.tsx';
import { usePlace } from '../../platform/use-place.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayProblem } from '../../ui/notify.ts';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { QuotedPassage } from '../passages/quoted-passage.tsx';
import { useOrphans } from '../passages/store.ts';
import { useRefresh, useReplies } from '../queries.ts';
import { Composer } from './composer.tsx';
import { ReplyItem } from './reply-item.tsx';
import { pathOfSubject } from './subject.ts';
import { ThreadMenu } from './thread-menu.tsx';
import styles from './thread-view.module.css';
import { Typing } from './typing.tsx';

type Props = {
  readonly thread: ThreadDetail;
  /** After the discussion was deleted. */
  readonly onGone: () => void;
  /** Beside the document it is about: its name stands there already. */
  readonly aside?: boolean;
};

/** What may be mentioned in a discussion. */
export const findFor =
  ({ subject: { kind, id }, visibility }: Pick<ThreadDetail, 'subject' | 'visibility'>) =>
  async (q: string) => {
    const ask = kind === 'workspace' ? client.threads.workspaces.mentionable : client.threads.documents.mentionable;
    return (await ask({ id, q, visibility })).items;
  };

/** A discussion: its head, its messages, and writing one. */
export function ThreadView({ thread, onGone, aside = false }: Props) {
  const t = useText(messages);
  const { list, replies } = useReplies(thread.id);
  const refresh = useRefresh();
  const find = findFor(thread);
  const newFrom = useNewFrom(thread, replies);
  usePlace('message-', replies.length > 0);
  const people = [...new Map(replies.map(({ author }) => [author.id, author])).values()];
  return (
    <section aria-label={thread.title ?? t('thread.untitled')}>
      <Head thread={thread} onGone={onGone} aside={aside} />
      {thread.anchor && <AboutPassage thread={thread} quote={thread.anchor.quote} aside={aside} />}
      {list.isPending && <ListSkeleton count={3} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      <div className={styles.replies} role="log" aria-label={t('thread.replies')}>
        {replies.map((reply) => (
          <Fragment key={reply.id}>
            {reply.id === newFrom && <div className={styles.new}>{t('thread.newSince')}</div>}
            <ReplyItem reply={reply} thread={thread} find={find} />
          </Fragment>
        ))}
      </div>
      <div className={styles.foot}>
        <Typing threadId={thread.id} people={people} />
        {thread.may.reply ? (
          <Composer
            draftOf={thread.id}
            submit={t('reply.send')}
            failed={t('reply.failed')}
            find={find}
            onTyping={() => void client.threads.typing({ id: thread.id }).catch(() => undefined)}
            onSend={async (written) => {
              await client.threads.reply({ id: thread.id, ...written });
              await refresh(thread.id);
            }}
          />
        ) : (
          <Alert color="gray" icon={<IconLock size={16} aria-hidden />}>
            {t(thread.locked ? 'thread.lockedNote' : 'thread.readOnlyNote')}
          </Alert>
        )}
      </div>
    </section>
  );
}

/** The words that it is about, and the way to them. */
function AboutPassage({
  thread: { id, subject },
  quote,
  aside,
}: {
  thread: ThreadDetail;
  quote: string;
  aside: boolean;
}) {
  const t = useText(messages);
  const orphans = useOrphans();
  return (
    <div className={styles.passage}>
      <QuotedPassage quote={quote} orphan={aside && orphans.has(id)} />
      {!aside && (
        <Anchor size="sm" component={Link} to={`${pathOfSubject(subject)}?thread=${id}`}>
          {t('passage.show')}
        </Anchor>
      )}
    </div>
  );
}

function Head({ thread, onGone, aside }: Required<Props>) {
  const t = useText(messages);
  const refresh = useRefresh();
  const { id, title, subject, visibility, resolved, pinned, locked, may, answerId, anchor } = thread;
  const settle = () =>
    client.threads.update({ id, state: resolved ? 'open' : 'resolved' }).then(
      () => refresh(id),
      (error: unknown) => sayProblem(error, t('thread.failed')),
    );
  return (
    <header className={styles.head}>
      <div>
        {!(aside && anchor && title === undefined) && (
          <Title order={aside ? 3 : 1} className={styles.title}>
            {title ?? t('thread.untitled')}
          </Title>
        )}
        <Group gap="xs" mt={6}>
          {!aside && subject.title && (
            <Text size="sm" c="dimmed">
              {t('thread.about')}{' '}
              <Anchor component={Link} to={pathOfSubject(subject)} inherit>
                {subject.title}
              </Anchor>
            </Text>
          )}
          {visibility === 'staff' && (
            <Badge variant="light" color="yellow" leftSection={<IconEyeOff size={12} aria-hidden />}>
              {t('thread.staff')}
            </Badge>
          )}
          {pinned && (
            <Badge variant="default" leftSection={<IconPin size={12} aria-hidden />}>
              {t('thread.pinned')}
            </Badge>
          )}
          {locked && (
            <Badge variant="default" leftSection={<IconLock size={12} aria-hidden />}>
              {t('thread.locked')}
            </Badge>
          )}
          {resolved && (
            <Badge leftSection={<IconCheck size={12} aria-hidden />}>
              {t('thread.resolvedBy', { name: resolved.by.name })}
            </Badge>
          )}
          {answerId && (
            <Anchor size="sm" href={`#message-${answerId}`} className={styles.toAnswer}>
              <IconArrowDown size={14} aria-hidden />
              {t('reply.toAnswer')}
            </Anchor>
          )}
        </Group>
      </div>
      <Group gap={4} wrap="nowrap">
        {may.settle && (
          <Button
            size="xs"
            variant="default"
            leftSection={resolved ? <IconRotate size={15} aria-hidden /> : <IconCheck size={15} aria-hidden />}
            onClick={() => void settle()}
          >
            {t(resolved ? 'thread.reopen' : 'thread.resolve')}
          </Button>
        )}
        <SubjectActions kind="thread" id={id} />
        <ThreadMenu thread={thread} onGone={onGone} />
      </Group>
    </header>
  );
}

/**
 * Before which message the mark of what is new stands: as it was when the discussion was opened, while everything that
 * is seen is noted as read.
 */
function useNewFrom(thread: ThreadDetail, replies: readonly Reply[]): string | undefined {
  const me = useMe();
  const opened = useRef(thread.readSeq);
  const noted = useRef(thread.readSeq);
  const last = replies.at(-1)?.seq ?? 0;
  useEffect(() => {
    const note = () => {
      if (document.visibilityState !== 'visible' || last <= noted.current) return;
      noted.current = last;
      client.threads.read({ id: thread.id, seq: last }).catch(() => {
        // It stays unread, which the next look mends.
        noted.current = 0;
      });
    };
    note();
    document.addEventListener('visibilitychange', note);
    return () => document.removeEventListener('visibilitychange', note);
  }, [thread.id, last]);
  const first = replies.find(({ seq, author }) => seq > opened.current && author.id !== me.id);
  return opened.current === 0 || first?.seq === 1 ? undefined : first?.id;
}
