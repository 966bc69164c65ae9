import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Button, NumberInput, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type FormEvent, useEffect, useState } from 'react';
import { useProblemText } from '../../../platform/problem-text.ts';
import { client } from '../../../platform/query.ts';
import { usePollChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { type Counts, handKeys, handsOf } from './hands.ts';
import { lineLabel } from './labels.ts';
import styles from './poll.module.css';

type Props = {
  readonly poll: Poll;
  /** Whether something is typed in that is not saved yet: closing would leave it out. */
  readonly onChanged: (changed: boolean) => void;
};

/** How long typing must rest before what was typed is kept. */
const REST_MS = 400;

/** Types in what was counted in the room. It is kept as it is typed, and shown on every page of who conducts [M26]. */
export function HandCounts({ poll, onChanged }: Props) {
  const t = useSay();
  const explain = useProblemText();
  const save = usePollChange(client.polls.hands, { inPlace: true });
  // What is typed here and not kept yet; without, what is kept, whoever has typed it.
  const [typed, setTyped] = useState<Counts>();
  const shown = typed ?? handsOf(poll);
  const changed = typed !== undefined;
  useEffect(() => {
    onChanged(changed);
    return () => onChanged(false);
  }, [changed, onChanged]);
  const keep = (counts: Counts) =>
    save.mutate(
      { id: poll.id, counts: handKeys(poll).map((key) => ({ key, count: counts[key] ?? 0 })) },
      { onSuccess: () => setTyped((now) => (now === counts ? undefined : now)) },
    );
  const keepSoon = useDebouncedCallback(keep, { delay: REST_MS, flushOnUnmount: true });
  const type = (key: string, count: number) => {
    const counts = { ...shown, [key]: count };
    setTyped(counts);
    keepSoon(counts);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed) keepSoon.flush();
    else keep(shown);
  };
  return (
    <form onSubmit={submit} aria-label={t('poll.hands.title')}>
      <Text size="sm" fw={580} mb={6}>
        {t('poll.hands.title')}
      </Text>
      <div className={styles.hands}>
        {handKeys(poll).map((key) => (
          <NumberInput
            key={key}
            min={0}
            max={100_000}
            allowDecimal={false}
            label={lineLabel(poll, key, t)}
            value={shown[key] ?? 0}
            onChange={(value) => type(key, Number(value) || 0)}
          />
        ))}
      </div>
      {save.isError && (
        <Text size="sm" c="red" mt={6} role="alert">
          {explain(save.error)}
        </Text>
      )}
      <Button type="submit" mt="sm" variant={changed ? 'filled' : 'default'} loading={save.isPending}>
        {t('poll.hands.save')}
      </Button>
      {poll.hands && !changed && (
        <Text size="sm" c="dimmed" mt={6} role="status">
          {t('poll.hands.saved')}
        </Text>
      )}
    </form>
  );
}
