import { DateInput, type DateInputProps } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import 'dayjs/locale/fr';
import 'dayjs/locale/it';
import { useState } from 'react';
import { useLocale, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { DAY_FORMAT, parseDay } from './day-text.ts';

type Props = Pick<
  DateInputProps,
  'label' | 'aria-label' | 'description' | 'w' | 'disabled' | 'minDate' | 'value' | 'placeholder'
> & {
  readonly onChange: (day: string | null) => void;
  /** Names the button that empties the field. */
  readonly clear: string;
};

/** A day of the calendar, `2027-06-30`, typed or chosen. */
export function DayInput({ clear, ...field }: Props) {
  const t = useText(common);
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  return (
    <DateInput
      {...field}
      locale={locale}
      valueFormat={DAY_FORMAT}
      dateParser={parseDay}
      clearable
      clearButtonProps={{ 'aria-label': clear }}
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
