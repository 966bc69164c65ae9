import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { limitsOf } from '@concert/domain/polls/ballot.ts';
import { Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useSay } from '../say.ts';
import styles from './ballot.module.css';
import { type Choice, toggled } from './choice.ts';

type Props = {
  readonly poll: Poll;
  readonly choice: Extract<Choice, { method: 'choose' }>;
  readonly onChange: (choice: Choice) => void;
};

/** Chooses one or several options, with how many are left. */
export function ChooseFields({ poll, choice, onChange }: Props) {
  const t = useSay();
  const { most } = limitsOf(poll);
  const chosen = choice.options;
  const full = most > 1 && chosen.length >= most;
  return (
    <>
      <ul className={styles.options}>
        {poll.options.map(({ id, label }) => {
          const on = chosen.includes(id);
          return (
            <li key={id}>
              <UnstyledButton
                className={styles.option}
                role="checkbox"
                aria-checked={on}
                aria-disabled={(full && !on) || undefined}
                onClick={() => onChange({ method: 'choose', options: toggled(chosen, id, most) })}
              >
                <span className={styles.box} data-on={on || undefined}>
                  {on && <IconCheck size={16} stroke={2.4} aria-hidden />}
                </span>
                <span className={styles.optionName}>{label}</span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {most > 1 && (
        <Text size="sm" c="dimmed" role="status">
          {t('poll.chosen', { count: chosen.length, max: most })}
        </Text>
      )}
    </>
  );
}
