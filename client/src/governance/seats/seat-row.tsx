import type { Seat } from '@concert/domain/governance/api.ts';
import { ONE_VOTE } from '@concert/domain/polls/types.ts';
import { Badge, Button, Text } from '@mantine/core';
import { IconArmchair } from '@tabler/icons-react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { lastDayOf } from '../../platform/sharing/ends.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { PersonLine } from '../../ui/person-line.tsx';
import { messages } from '../messages.ts';
import { SeatMenu } from './seat-menu.tsx';
import styles from './seat-row.module.css';
import type { SeatTask } from './seat-tasks.tsx';
import { endsSoon, votesOf } from './seating.ts';

type Props = {
  readonly seat: Seat;
  readonly past: boolean;
  readonly onTask: ((task: SeatTask) => void) | undefined;
};

/** A seat: what it is, who holds it, who stands in; and what may be done about it. */
export function SeatRow({ seat, past, onTask }: Props) {
  return (
    <div className={styles.row}>
      <div className={styles.seat}>
        <Text fw={580} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {seat.title}
        </Text>
        <Marks seat={seat} />
      </div>
      <div className={styles.holder}>
        <Holder seat={seat} past={past} onTask={onTask} />
      </div>
      <div className={styles.alternates}>
        <Alternates seat={seat} />
      </div>
      {onTask && (
        <div className={styles.actions}>
          <SeatMenu seat={seat} onTask={onTask} />
        </div>
      )}
    </div>
  );
}

/** The organisation of a seat, and what sets it apart from one plain vote. */
function Marks({ seat: { organisationName, voting, weight, until } }: { seat: Seat }) {
  const t = useText(messages);
  const format = useFormat();
  const votes = votesOf({ weight });
  return (
    <div className={styles.marks}>
      {organisationName && <span>{organisationName}</span>}
      {!voting && (
        <Badge radius="sm" size="sm" variant="light" color="gray">
          {t('seat.noVote')}
        </Badge>
      )}
      {voting && weight !== ONE_VOTE && (
        <Badge radius="sm" size="sm" variant="default">
          {t('seat.votes', { count: votes, votes: format.number(votes, { maximumFractionDigits: 3 }) })}
        </Badge>
      )}
      {until && <span>{t('seat.abolishedOn', { date: format.date(until, 'medium') })}</span>}
    </div>
  );
}

function Holder({ seat, past, onTask }: Props) {
  const t = useText(messages);
  const { holder, title } = seat;
  const format = useFormat();
  if (!holder)
    return (
      <div className={styles.vacant}>
        <span className={styles.empty}>
          <IconArmchair size={17} stroke={1.6} aria-hidden />
        </span>
        {t('seat.vacant')}
        {onTask && (
          <Button
            variant="light"
            size="compact-sm"
            aria-label={t('seat.fillTitle', { title })}
            onClick={() => onTask({ kind: 'fill', seat })}
          >
            {t('seat.fill')}
          </Button>
        )}
      </div>
    );
  const soon = holder.until !== undefined && !past && endsSoon(holder.until, Date.now());
  return (
    <PersonLine
      person={{ id: holder.personId, name: holder.name, color: holder.color }}
      detail={
        <>
          {holder.role !== 'member' && t(`role.${holder.role}`)}
          {holder.role !== 'member' && soon && ' · '}
          {soon && (
            <span className={styles.soon}>
              {t('seat.until', { date: format.date(lastDayOf(holder.until ?? ''), 'medium') })}
            </span>
          )}
        </>
      }
    />
  );
}

function Alternates({ seat: { title, alternates } }: { seat: Seat }) {
  const t = useText(messages);
  if (alternates.length === 0) return null;
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('seat.alternates', { count: alternates.length })}
      </Text>
      <ol className={styles.list} aria-label={t('seat.alternatesOf', { title })}>
        {alternates.map(({ mandateId, personId, name, color, rank }) => (
          <li key={mandateId} value={rank}>
            <span className={styles.rank} aria-hidden>
              {rank}
            </span>
            <PersonAvatar person={{ id: personId, name, color }} size={20} decorative />
            <span className={styles.name}>{name}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
