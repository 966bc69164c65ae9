import { Text } from '@mantine/core';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import type { Totals } from './seating.ts';

/** "12 sièges, 2 vacants · 11,5 voix"; the votes only where their number says more than that of the seats. */
export function TotalsLine({ totals, size }: { totals: Totals; size: 'xs' | 'sm' }) {
  const t = useText(messages);
  const format = useFormat();
  const seats = t('seats.count', { count: totals.seats });
  const vacant = totals.vacant > 0 ? `, ${t('seats.vacant', { count: totals.vacant })}` : '';
  const votes = totals.even ? '' : ` · ${t('seat.votes', { count: totals.votes, votes: format.number(totals.votes) })}`;
  return (
    <Text size={size} c="dimmed" component="span" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {seats}
      {vacant}
      {votes}
    </Text>
  );
}
