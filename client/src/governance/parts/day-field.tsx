import { DateInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import 'dayjs/locale/fr';
import 'dayjs/locale/it';
import { type ReactNode, useState } from 'react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { DAY_FORMAT, parseDay } from '../../ui/day-text.ts';

type Props = {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
  /** Names the button that empties the field. */
  readonly clear: string;
  readonly placeholder: string;
  readonly description?: ReactNode;
  readonly w?: string;
};

/** A day of the calendar, past or to come, `2027-06-30`. */
export function DayField({ label, value, onChange, clear, placeholder, description, w }: Props) {
  const t = useText(common);
  const locale = useLocale();
  const [opened, setOpened] = useState(false);
  return (
    <DateInput
      label={label}
      description={description}
      w={w}
      locale={locale}
      valueFormat={DAY_FORMAT}
      dateParser={parseDay}
      clearable
      clearButtonProps={{ 'aria-label': clear }}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
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
