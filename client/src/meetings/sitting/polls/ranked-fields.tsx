import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { ActionIcon, Box, Button, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useSay } from '../say.ts';
import styles from './ballot.module.css';
import { type Choice, movedBy, rankToggled } from './choice.ts';

type Props = {
  readonly poll: Poll;
  readonly choice: Extract<Choice, { method: 'ranked' }>;
  readonly onChange: (choice: Choice) => void;
};

/** Puts options in the order of preference, as many as one likes: by buttons, or by Alt and the arrow keys. */
export function RankedFields({ poll, choice: { order }, onChange }: Props) {
  const t = useSay();
  const [said, setSaid] = useState('');
  const labelOf = (id: string): string => poll.options.find((one) => one.id === id)?.label ?? '';
  const set = (next: string[], id: string) => {
    onChange({ method: 'ranked', order: next });
    const [option, place] = [labelOf(id), next.indexOf(id) + 1];
    setSaid(place > 0 ? t('poll.rank.said', { option, place }) : t('poll.rank.saidOut', { option }));
  };
  const left = poll.options.filter(({ id }) => !order.includes(id));
  return (
    <>
      {order.length > 0 && (
        <ol className={styles.options} aria-label={t('poll.rank.yours')}>
          {order.map((id, index) => (
            <RankedLine
              key={id}
              label={labelOf(id)}
              place={index + 1}
              last={index === order.length - 1}
              onMove={(by) => set(movedBy(order, id, by), id)}
              onOut={() => set(rankToggled(order, id), id)}
            />
          ))}
        </ol>
      )}
      {left.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" fw={580} mb={6}>
            {t(order.length === 0 ? 'poll.rank.begin' : 'poll.rank.goOn')}
          </Text>
          <div className={styles.left}>
            {left.map(({ id, label }) => (
              <Button
                key={id}
                variant="default"
                leftSection={<IconPlus size={15} aria-hidden />}
                onClick={() => set(rankToggled(order, id), id)}
              >
                {label}
              </Button>
            ))}
          </div>
        </div>
      )}
      <span className={styles.said} role="status">
        {said}
      </span>
    </>
  );
}

type LineProps = {
  readonly label: string;
  readonly place: number;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onOut: () => void;
};

/** A ranked option. The line moves under the focus, so a button at its end is not disabled: it only does nothing. */
function RankedLine({ label, place, last, onMove, onOut }: LineProps) {
  const t = useSay();
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const end = (at: boolean) => ({ 'data-disabled': at || undefined, 'aria-disabled': at || undefined });
  return (
    <li className={styles.line}>
      <span className={styles.rank}>{place}</span>
      <span className={styles.optionName}>{label}</span>
      <Box className={styles.stepper} role="group" aria-label={label} onKeyDown={onKey}>
        <ActionIcon
          size="xl"
          {...end(place === 1)}
          aria-label={t('poll.rank.up', { option: label })}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size="xl"
          {...end(last)}
          aria-label={t('poll.rank.down', { option: label })}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon size="xl" aria-label={t('poll.rank.out', { option: label })} onClick={onOut}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Box>
    </li>
  );
}
