import type { Notification } from '@concert/domain/notifications/api.ts';
import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core';
import { IconBellZ, IconCalendarDue, IconCheck, IconCircleDot, IconDots } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { type Say, useText } from '../../platform/i18n.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { snoozeChoices } from '../snooze.ts';
import styles from './notice-row.module.css';

type Event = Notification['events'][number];
type Texts = typeof messages extends { texts: { fr: infer Fr } } ? keyof Fr & string : never;

/** The newest event says what happened; with it stand all who have done the same since, and how much else there was. */
export function summaryOf(
  events: readonly Event[],
  say: Say<Texts>,
  list: (names: readonly string[]) => string,
  dateOf: (day: string) => string,
): string {
  const mention = events.findLast(({ reason }) => reason === 'mentioned');
  const told = mention ?? events.at(-1);
  if (told === undefined) return '';
  const alike = events.filter(({ reason }) => reason === told.reason);
  const names = [...new Set((told.reason === 'replied' ? alike : [told]).flatMap(({ by }) => by?.name ?? []))];
  const rest = events.length - (told.reason === 'replied' ? alike.length : 1);
  const what =
    told.reason === 'replied'
      ? say('notice.replied', { count: names.length, names: list(names) })
      : say(`notice.${told.reason}`, { names: list(names), day: told.day === undefined ? '' : dateOf(told.day) });
  return rest > 0 ? `${what} ${say('notice.more', { count: rest })}` : what;
}

type Props = {
  readonly notice: Notification;
  /** In the list of the bell: without a menu; closes it on the way. */
  readonly onGo?: (() => void) | undefined;
};

/** What somebody was told about one thing. */
export function NoticeRow({ notice, onGo }: Props) {
  const t = useText(messages);
  const format = useFormat();
  const change = useChange(notice.id);
  const { subject, events, unread, lastAt, snoozedUntil } = notice;
  const last = events.at(-1);
  const anchor = events.findLast((event) => event.anchor !== undefined)?.anchor;
  const title = subject.title || t('notice.untitled');
  return (
    <div className={styles.row} data-unread={unread || undefined}>
      <span className={styles.dot} aria-hidden />
      <Face by={last?.by} />
      <Link
        to={`${subject.path}${anchor ? `#${anchor}` : ''}`}
        className={styles.open}
        onClick={() => {
          onGo?.();
          if (unread) void change({ read: true });
        }}
      >
        <span className={styles.what}>
          {unread && <VisuallyHidden>{t('notice.unread')}: </VisuallyHidden>}
          {summaryOf(
            events,
            t,
            (names) => format.list([...names]),
            (day) => format.date(day, 'medium'),
          )}
        </span>
        <span className={styles.about}>
          {title}
          {subject.context && ` · ${subject.context}`}
          {' · '}
          {snoozedUntil ? t('notice.until', { date: format.dateTime(snoozedUntil) }) : <RelativeTime at={lastAt} />}
        </span>
      </Link>
      {onGo === undefined && (
        <span className={styles.actions}>
          <RowMenu notice={notice} title={title} />
        </span>
      )}
    </div>
  );
}

/** Who did it; nobody where a day has come. */
function Face({ by }: Pick<Event, 'by'>) {
  if (by) return <PersonAvatar person={by} size={32} decorative />;
  return (
    <span className={styles.day}>
      <IconCalendarDue size={20} stroke={1.6} aria-hidden />
    </span>
  );
}

function RowMenu({ notice: { id, unread, snoozedUntil }, title }: { notice: Notification; title: string }) {
  const t = useText(messages);
  const change = useChange(id);
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size="md" aria-label={t('notice.actions', { title })}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={unread ? <IconCheck size={16} aria-hidden /> : <IconCircleDot size={16} aria-hidden />}
          onClick={() => void change({ read: unread })}
        >
          {t(unread ? 'notice.markRead' : 'notice.markUnread')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('notice.snooze')}</Menu.Label>
        {snoozeChoices(new Date()).map(([choice, moment]) => (
          <Menu.Item
            key={choice}
            leftSection={<IconBellZ size={16} aria-hidden />}
            onClick={() => void change({ snoozedUntil: moment.toISOString() })}
          >
            {t(`notice.snooze.${choice}`)}
          </Menu.Item>
        ))}
        {snoozedUntil && <Menu.Item onClick={() => void change({ snoozedUntil: null })}>{t('notice.wake')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
