import { DateInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import 'dayjs/locale/fr';
import 'dayjs/locale/it';
import { useState } from 'react';
import { useLocale, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { dayOf } from '../platform/sharing/ends.ts';
import { DAY_FORMAT, parseDay } from './day-text.ts';

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
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  return (
    <DateInput
      label={label}
      aria-label={name}
      w={w}
      disabled={disabled}
      locale={locale}
      valueFormat={DAY_FORMAT}
      dateParser={parseDay}
      minDate={from ?? dayOf(Date.now())}
      clearable
      clearButtonProps={{ 'aria-label': t('until.clear') }}
      value={value}
      onChange={onChange}
      placeholder={placeholder ?? t('until.none')}
      autoComplete="off"
      leftSection={<IconCalendar size={16} stroke={1.6} aria-hidden />}
      leftSectionPointerEvents="none"
      previousLabel={t('until.previous')}
      nextLabel={t('until.next')}
      ariaLabels={{ monthLevelControl: t('until.toYear'), yearLevelControl: t('until.toDecade') }}
      weekendDays={[]}
      hideOutsideDates
      // Escape puts the calendar away first, and only then the dialog that the field stands in.
      data-mantine-stop-propagation={opened || undefined}
      popoverProps={{
        withinPortal: true,
        position: 'bottom-start',
        onOpen: () => setOpened(true),
        onClose: () => setOpened(false),
      }}
    />
  );
}
