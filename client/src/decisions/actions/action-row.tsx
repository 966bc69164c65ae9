import type { ActionItem } from '@concert/domain/decisions/actions-api.ts';
import { Badge, Checkbox } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { ActionMenu } from './action-menu.tsx';
import styles from './action-row.module.css';
import { useActionChange } from './queries.ts';

type Props = {
  readonly action: ActionItem;
  /** Where they are of one person: whose it is need not be said. */
  readonly own?: boolean;
  /** Where they are of one body, or of one decision. */
  readonly ofOne?: 'body' | 'decision';
};

/** An action item in a list: ticked in place, with who does it until when, and from what it comes. */
export function ActionRow({ action, own = false, ofOne }: Props) {
  const t = useText(messages);
  const { id, title, note, state, me } = action;
  const move = useActionChange(client.actions.move);
  const done = state === 'done' || state === 'verified';
  const next = done ? 'open' : 'done';
  return (
    <div id={`action-${id}`} className={styles.row} data-done={done || state === 'cancelled' || undefined}>
      <Checkbox
        className={styles.tick}
        aria-label={t('actions.tick', { title })}
        checked={move.isPending ? move.variables.to === 'done' : done}
        disabled={!me.moves.includes(next) || state === 'verified' || state === 'cancelled'}
        onChange={() => move.mutate({ id, to: next })}
      />
      <div className={styles.words}>
        <span className={styles.title}>{title}</span>
        {note && <span className={styles.note}>{note}</span>}
        <Details action={action} own={own} ofOne={ofOne} />
      </div>
      <ActionMenu action={action} />
    </div>
  );
}

function Details({ action, own, ofOne }: { action: ActionItem; own: boolean; ofOne: Props['ofOne'] }) {
  const t = useText(messages);
  const { owner, bodyName, state, cancelledReason } = action;
  return (
    <span className={styles.detail}>
      <Due action={action} />
      {!own && <span>{owner.name}</span>}
      {ofOne === undefined && <span>{bodyName}</span>}
      {ofOne !== 'decision' && <Source source={action.source} />}
      {state !== 'open' && (
        <Badge radius="sm" size="sm" variant="default">
          {t(`actions.state.${state}`)}
        </Badge>
      )}
      {cancelledReason && <span>{cancelledReason}</span>}
    </span>
  );
}

function Due({ action: { dueOn, overdue, state } }: { action: ActionItem }) {
  const t = useText(messages);
  const format = useFormat();
  if (state === 'verified' || state === 'cancelled') return null;
  if (!dueOn) return <span>{t('actions.noDay')}</span>;
  const date = format.date(dueOn, 'medium');
  return (
    <span className={overdue ? styles.late : undefined}>
      {t(overdue ? 'actions.overdue' : 'actions.due', { date })}
    </span>
  );
}

function Source({ source }: { source: ActionItem['source'] }) {
  const t = useText(messages);
  if (!source) return null;
  if (source.kind === 'item') return <Link to={`/meetings/${source.meetingId}`}>{source.itemTitle}</Link>;
  const { id, number } = source;
  return (
    <Link to={`/decisions/${id}`}>{number ? t('actions.from.decision', { number }) : t('actions.from.draft')}</Link>
  );
}
