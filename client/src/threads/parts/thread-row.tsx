import type { Thread } from '@concert/domain/threads/api.ts';
import { Badge } from '@mantine/core';
import { IconCircleCheck, IconEyeOff, IconLock, IconPinFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { AvatarStack } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { messages } from '../messages.ts';
import styles from './thread-row.module.css';

type Props = {
  readonly thread: Thread;
  readonly showsSubject: boolean;
  /** Opens it in place; without, it is a link to its page. */
  readonly onOpen?: ((id: string) => void) | undefined;
};

/** A discussion in a list: what it is about, how it stands, who takes part, what is new in it. */
export function ThreadRow({ thread, showsSubject, onOpen }: Props) {
  const t = useText(messages);
  const { id, title, excerpt, unreadCount, anchor } = thread;
  const inside = (
    <>
      <span className={styles.words}>
        <span className={styles.title}>
          <Signs thread={thread} />
          <span className={styles.name}>{title ?? (excerpt || t('thread.untitled'))}</span>
        </span>
        {title && excerpt && <span className={styles.excerpt}>{excerpt}</span>}
        {anchor && (
          <span className={styles.excerpt}>{t('passage.about', { quote: anchor.quote.replace(/\s+/g, ' ') })}</span>
        )}
        <span className={styles.detail}>
          {thread.openedBy.name}
          {' · '}
          {t('row.replies', { count: thread.replyCount })}
          {' · '}
          {t('row.last')} <RelativeTime at={thread.lastReplyAt} />
          {showsSubject && thread.subject.title && ` · ${thread.subject.title}`}
        </span>
      </span>
      <span className={styles.end}>
        {unreadCount > 0 && <Badge>{t('row.unread', { count: unreadCount })}</Badge>}
        <span className={styles.faces}>
          <AvatarStack people={thread.participants} max={4} size={24} />
        </span>
      </span>
    </>
  );
  const unread = unreadCount > 0 || undefined;
  if (onOpen)
    return (
      <button type="button" className={styles.row} data-unread={unread} onClick={() => onOpen(id)}>
        {inside}
      </button>
    );
  return (
    <Link to={`/threads/${id}`} className={styles.row} data-unread={unread}>
      {inside}
    </Link>
  );
}

function Signs({ thread: { pinned, locked, resolved, visibility } }: { thread: Thread }) {
  const t = useText(messages);
  if (!pinned && !locked && !resolved && visibility === 'everyone') return null;
  return (
    <span className={styles.signs}>
      {pinned && <IconPinFilled size={15} role="img" aria-label={t('thread.pinned')} />}
      {resolved && <IconCircleCheck size={16} role="img" aria-label={t('thread.resolved')} />}
      {locked && <IconLock size={15} role="img" aria-label={t('thread.locked')} />}
      {visibility === 'staff' && <IconEyeOff size={15} role="img" aria-label={t('thread.staff')} />}
    </span>
  );
}
