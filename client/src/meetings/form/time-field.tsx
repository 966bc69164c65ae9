import { TimeInput } from '@mantine/dates';
import type { ReactNode } from 'react';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (time: string) => void;
  readonly disabled?: boolean;
  readonly error?: ReactNode;
};

/** An hour of the day, `09:30`. */
export function TimeField({ label, value, onChange, disabled = false, error }: Props) {
  return (
    <TimeInput
      label={label}
      w="7rem"
      value={value}
      disabled={disabled}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
