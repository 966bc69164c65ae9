import { Group, Stack, Title } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../../platform/i18n.ts';
import { Rows } from '../../ui/rows.tsx';
import { messages } from '../messages.ts';
import { SeatRow } from './seat-row.tsx';
import type { SeatTask } from './seat-tasks.tsx';
import type { College } from './seating.ts';
import { TotalsLine } from './totals-line.tsx';

type Props = {
  readonly colleges: readonly College[];
  /** Seats of another day, of which nothing is changed. */
  readonly past: boolean;
  readonly onTask: ((task: SeatTask) => void) | undefined;
};

/** Seats, by college where there are colleges. */
export function Colleges({ colleges, past, onTask }: Props) {
  const t = useText(messages);
  const plain = colleges.length === 1 && colleges[0]?.college === undefined;
  return (
    <Stack gap="xl">
      {colleges.map((college) =>
        plain ? (
          <Seats key="" college={college} label={t('tab.seats')} past={past} onTask={onTask} />
        ) : (
          <CollegePart key={college.college ?? ''} college={college} past={past} onTask={onTask} />
        ),
      )}
    </Stack>
  );
}

type PartProps = Omit<Props, 'colleges'> & { readonly college: College };

function CollegePart({ college, ...rest }: PartProps) {
  const t = useText(messages);
  const id = useId();
  const name = college.college ?? t('seats.noCollege');
  return (
    <section aria-labelledby={id}>
      <Group gap="sm" align="baseline" mb={4}>
        <Title order={2} id={id} size="h3">
          {name}
        </Title>
        <TotalsLine totals={college} size="xs" />
      </Group>
      <Seats college={college} label={name} {...rest} />
    </section>
  );
}

const Seats = ({ college, label, past, onTask }: PartProps & { label: string }) => (
  <Rows label={label}>
    {college.members.map((seat) => (
      <SeatRow key={seat.id} seat={seat} past={past} onTask={onTask} />
    ))}
  </Rows>
);
