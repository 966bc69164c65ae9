import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Text } from '@mantine/core';
import { PersonAvatar } from '../../../ui/person-avatar.tsx';
import { useSay } from '../say.ts';
import { isMotion } from './bars.ts';
import { choiceText, countLabel } from './labels.ts';
import styles from './poll.module.css';

type Ballots = NonNullable<Poll['ballots']>;
const ORDER = ['yes', 'no', 'abstain', 'consent', 'stand-aside', 'objection'];

/** Who voted how, where that may be known: side by side for a motion, one below the other for choices. */
export function NamedBallots({ poll, ballots }: { poll: Poll; ballots: Ballots }) {
  const t = useSay();
  if (ballots.length === 0) return null;
  if (!isMotion(poll)) {
    return (
      <ul className={styles.names} aria-label={t('poll.names')}>
        {ballots.map((ballot) => (
          <li key={ballot.seatId} className={styles.voter}>
            <PersonAvatar person={ballot} size={22} decorative />
            <span>
              <Name poll={poll} ballot={ballot} />{' '}
              <Text component="span" size="sm" c="dimmed">
                {choiceText(poll, ballot.choice, t)}
              </Text>
            </span>
          </li>
        ))}
      </ul>
    );
  }
  const sides = ORDER.map((key) => ({
    key,
    own: ballots.filter(({ choice }) => 'vote' in choice && choice.vote === key),
  })).filter(({ own }) => own.length > 0);
  return (
    <div className={styles.sides}>
      {sides.map(({ key, own }) => (
        <section key={key} aria-label={countLabel(poll, key, t)}>
          <Text size="xs" c="dimmed" fw={580} mb={4}>
            {countLabel(poll, key, t)} · {own.length}
          </Text>
          <ul className={styles.names}>
            {own.map((ballot) => (
              <li key={ballot.seatId} className={styles.voter}>
                <PersonAvatar person={ballot} size={22} decorative />
                <Name poll={poll} ballot={ballot} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Who voted, and for whose seat where it is not their own. */
function Name({ poll, ballot }: { poll: Poll; ballot: Ballots[number] }) {
  const t = useSay();
  const seat = poll.register.find(({ seatId }) => seatId === ballot.seatId);
  return (
    <Text component="span" size="sm">
      {ballot.name}
      {ballot.via !== 'self' && seat && (
        <Text component="span" size="xs" c="dimmed">
          {' '}
          {t(`poll.via.${ballot.via}`, { seat: seat.title })}
        </Text>
      )}
    </Text>
  );
}
