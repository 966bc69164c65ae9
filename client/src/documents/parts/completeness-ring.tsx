import type { Completeness } from '@concert/domain/fields/completeness.ts';
import { RingProgress, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

type Props = { readonly value: Pick<Completeness, 'done' | 'total'>; readonly size?: number };

/** How complete a document is, as a ring with its percentage. */
export function CompletenessRing({ value, size = 34 }: Props) {
  const t = useText(messages);
  const percent = value.total === 0 ? 100 : Math.round((value.done / value.total) * 100);
  const complete = percent === 100;
  return (
    <RingProgress
      role="img"
      aria-label={t('complete.label', { done: value.done, total: value.total })}
      size={size}
      thickness={Math.max(3, Math.round(size / 11))}
      roundCaps
      rootColor="var(--mantine-color-default-border)"
      sections={[{ value: percent, color: complete ? 'teal.7' : 'lagoon' }]}
      label={
        complete ? (
          <Text ta="center" lh={1} c="teal.7" component="div">
            <IconCheck size={size * 0.42} stroke={2.4} aria-hidden />
          </Text>
        ) : (
          <Text ta="center" fz={Math.max(9, size * 0.27)} fw={600} lh={1} aria-hidden>
            {percent}
          </Text>
        )
      }
    />
  );
}
