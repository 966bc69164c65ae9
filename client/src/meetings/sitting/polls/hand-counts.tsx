import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Button, NumberInput, Text } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { client } from '../../../platform/query.ts';
import { usePollChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { lineLabel } from './labels.ts';
import styles from './poll.module.css';

type Props = {
  readonly poll: Poll;
  /** Whether something is typed in that is not saved yet: closing would leave it out. */
  readonly onChanged: (changed: boolean) => void;
};

/** Types in what was counted in the room. */
export function HandCounts({ poll, onChanged }: Props) {
  const t = useSay();
  const save = usePollChange(client.polls.hands);
  const keys = poll.method === 'motion' ? ['yes', 'no', 'abstain'] : [...poll.options.map(({ id }) => id), 'blank'];
  const held = (key: string): number => poll.result?.lines.find((line) => line.key === key)?.heads ?? 0;
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(keys.map((key) => [key, held(key)])),
  );
  const [saved, setSaved] = useState(counts);
  const changed = keys.some((key) => (counts[key] ?? 0) !== (saved[key] ?? 0));
  useEffect(() => {
    onChanged(changed);
    return () => onChanged(false);
  }, [changed, onChanged]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: poll.id, counts: keys.map((key) => ({ key, count: counts[key] ?? 0 })) },
      { onSuccess: () => setSaved(counts) },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('poll.hands.title')}>
      <Text size="sm" fw={580} mb={6}>
        {t('poll.hands.title')}
      </Text>
      <div className={styles.hands}>
        {keys.map((key) => (
          <NumberInput
            key={key}
            min={0}
            max={100_000}
            allowDecimal={false}
            label={lineLabel(poll, key, t)}
            value={counts[key] ?? 0}
            onChange={(value) => setCounts({ ...counts, [key]: Number(value) || 0 })}
          />
        ))}
      </div>
      <Button type="submit" mt="sm" variant={changed ? 'filled' : 'default'} loading={save.isPending}>
        {t('poll.hands.save')}
      </Button>
      {save.isSuccess && !changed && (
        <Text size="sm" c="dimmed" mt={6} role="status">
          {t('poll.hands.saved')}
        </Text>
      )}
    </form>
  );
}
