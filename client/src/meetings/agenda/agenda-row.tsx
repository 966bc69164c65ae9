import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { Anchor, Badge } from '@mantine/core';
import { IconCheck, IconFileCheck, IconGripVertical, IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useLocale, useText } from '../../platform/i18n.ts';
import { durationText } from '../logic/duration.ts';
import { timeText } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { useNames } from '../use-names.ts';
import styles from './agenda.module.css';
import { ItemConflicts } from './item-conflicts.tsx';
import { ItemKindMark } from './item-kind.tsx';
import { ItemMenu } from './item-menu.tsx';
import { PaperLinks } from './papers.tsx';
import { handleId, type Reorder } from './use-reorder.ts';

type Props = {
  readonly item: AgendaItem;
  readonly meeting: Meeting;
  readonly arranges: boolean;
  readonly reorder: Reorder;
  readonly onEdit: () => void;
};

/** An item of the agenda. Whoever arranges it drags it by its handle, or moves it with Alt and the arrow keys. */
export function AgendaRow({ item, meeting, arranges, reorder, onEdit }: Props) {
  const t = useText(messages);
  const { id, number, title, barred, state } = item;
  const { dragged, target } = reorder;
  return (
    <li
      id={`item-${id}`}
      className={styles.row}
      data-state={state}
      data-dragged={dragged === id || undefined}
      data-drop={dragged !== undefined && target?.id === id ? target.half : undefined}
      {...(arranges ? reorder.row(id) : {})}
    >
      {arranges && (
        <button
          type="button"
          id={handleId(id)}
          className={styles.handle}
          aria-label={t('agenda.handle', { title })}
          title={t('agenda.handleHelp')}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onKeyDown={reorder.onKeyDown(id)}
          {...reorder.handle(id)}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
      )}
      <span className={styles.number}>{number}</span>
      <div className={styles.words}>
        {barred ? (
          <span className={styles.barred}>
            <IconLock size={15} aria-hidden /> {t('item.barred')}
          </span>
        ) : (
          <Words item={item} meeting={meeting} arranges={arranges} reorder={reorder} onEdit={onEdit} />
        )}
      </div>
      {meeting.mode !== 'written' && <Times item={item} timeZone={meeting.timeZone} />}
      <div className={styles.menu}>
        {!barred && <ItemMenu item={item} meeting={meeting} arranges={arranges} reorder={reorder} onEdit={onEdit} />}
      </div>
    </li>
  );
}

function Words({ item, meeting, arranges, reorder, onEdit }: Props) {
  const t = useText(messages);
  const { nameOf } = useNames(meeting);
  const { id, title, kind, note, presenterId, papers, late, state, minutesOf } = item;
  return (
    <>
      <span className={styles.head}>
        {arranges ? (
          <button type="button" className={styles.title} onClick={onEdit} onKeyDown={reorder.onKeyDown(id)}>
            {title}
          </button>
        ) : (
          <span className={styles.title}>{title}</span>
        )}
        {state === 'active' && <Badge radius="sm">{t('item.active')}</Badge>}
        {late && (
          <Badge radius="sm" variant="light" color="yellow">
            {t('item.late')}
          </Badge>
        )}
      </span>
      <span className={styles.detail}>
        <ItemKindMark kind={kind} />
        {presenterId && <span>{t('item.presents', { name: nameOf(presenterId) })}</span>}
        {minutesOf && (
          <Anchor component={Link} to={`/meetings/${minutesOf}?view=minutes`} inherit className={styles.kind}>
            <IconFileCheck size={14} stroke={1.7} aria-hidden />
            {t('minutes.toApprove')}
          </Anchor>
        )}
      </span>
      {note && <p className={styles.note}>{note}</p>}
      <PaperLinks papers={papers} />
      <ItemConflicts item={item} meeting={meeting} />
    </>
  );
}

function Times({ item, timeZone }: { item: AgendaItem; timeZone: string }) {
  const t = useText(messages);
  const locale = useLocale();
  const { plannedAt, startedAt, plannedSec, spentMs, state } = item;
  const done = state === 'done';
  const at = done && startedAt ? startedAt : plannedAt;
  return (
    <div className={styles.times}>
      {at && (
        <time dateTime={at} className={styles.at}>
          {timeText(locale, at, timeZone)}
        </time>
      )}
      {done ? (
        <span title={t('item.actual')}>
          <IconCheck size={13} role="img" aria-label={t('item.done')} /> {durationText(spentMs / 1_000)}
        </span>
      ) : (
        plannedSec > 0 && <span>{durationText(plannedSec)}</span>
      )}
    </div>
  );
}
