import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Text } from '@mantine/core';
import { useSay } from '../say.ts';
import styles from './poll.module.css';

/** How many of those who may have voted, and nothing of how. */
export function Turnout({ poll: { turnout } }: { poll: Poll }) {
  const t = useSay();
  const { cast, of } = turnout;
  return (
    <div>
      <Text size="sm" className={styles.numbers}>
        {t('poll.turnout', { count: cast, of })}
      </Text>
      <div className={styles.track} aria-hidden>
        <span style={{ inlineSize: `${of > 0 ? Math.min(100, (cast / of) * 100) : 0}%` }} />
      </div>
    </div>
  );
}
