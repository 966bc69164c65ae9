import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { dayOf } from '../platform/sharing/ends.ts';
import { DayInput } from './day-input.tsx';

type Props = {
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
  readonly label?: string;
  /** Names the field where it has no visible label. */
  readonly name?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** The first day that can be chosen; today by default. */
  readonly from?: string;
  readonly w?: string;
};

/** The last day of something, `2027-06-30`; empty: without an end. */
export function UntilField({ value, onChange, label, name, placeholder, disabled = false, from, w = '9.5rem' }: Props) {
  const t = useText(common);
  return (
    <DayInput
      label={label}
      aria-label={name}
      w={w}
      disabled={disabled}
      minDate={from ?? dayOf(Date.now())}
      clear={t('until.clear')}
      value={value}
      onChange={onChange}
      placeholder={placeholder ?? t('until.none')}
    />
  );
}
