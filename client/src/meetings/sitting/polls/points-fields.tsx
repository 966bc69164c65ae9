import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { limitsOf } from '@concert/domain/polls/ballot.ts';
import { ActionIcon, Box, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useSay } from '../say.ts';
import styles from './ballot.module.css';
import { type Choice, mostPoints, pointsGiven, pointsOf, withPoints } from './choice.ts';

type Props = {
  readonly poll: Poll;
  readonly choice: Extract<Choice, { points: unknown }>;
  readonly onChange: (choice: Choice) => void;
};

/** Gives points to options: each on its own, or out of a purse that says what is left. */
export function PointsFields({ poll, choice, onChange }: Props) {
  const t = useSay();
  const { points, method } = choice;
  const left = limitsOf(poll).dots - pointsGiven(points);
  const set = (option: string, value: number) => onChange({ method, points: withPoints(points, option, value) });
  return (
    <>
      <ul className={styles.options}>
        {poll.options.map(({ id, label }) => {
          const given = pointsOf(points, id);
          const most = mostPoints(poll, points, id);
          return (
            <li key={id} className={styles.line}>
              <span className={styles.optionName}>{label}</span>
              <Box className={styles.stepper} role="group" aria-label={label}>
                <ActionIcon
                  variant="default"
                  size="xl"
                  disabled={given === 0}
                  aria-label={t('poll.points.less', { option: label })}
                  onClick={() => set(id, given - 1)}
                >
                  <IconMinus size={18} aria-hidden />
                </ActionIcon>
                <output className={styles.points} aria-label={t('poll.points.of', { option: label })}>
                  {given}
                </output>
                <ActionIcon
                  variant="default"
                  size="xl"
                  disabled={given >= most}
                  aria-label={t('poll.points.more', { option: label })}
                  onClick={() => set(id, given + 1)}
                >
                  <IconPlus size={18} aria-hidden />
                </ActionIcon>
              </Box>
            </li>
          );
        })}
      </ul>
      {method === 'dots' && (
        <Text size="sm" c="dimmed" role="status">
          {t('poll.points.left', { count: left })}
        </Text>
      )}
    </>
  );
}
