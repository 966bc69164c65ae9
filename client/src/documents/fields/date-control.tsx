import { DateInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import 'dayjs/locale/fr';
import 'dayjs/locale/it';
import { setValue, useValue } from '../../platform/editor/fields-binding.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { DAY_FORMAT, parseDay, parseFinishedDay } from '../../ui/day-text.ts';
import { messages } from '../messages.ts';
import { useControlProps } from './frame.tsx';
import type { ControlOf } from './scalar-controls.tsx';

const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day, typed as the language writes it or chosen in a calendar; stored as ISO 8601. */
export function DateControl({ field, map, path }: ControlOf<'date'>) {
  const { readOnly, error, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const locale = useLocale();
  const stored = useValue(map, field.id);
  const text = stored === undefined || stored === null ? '' : String(stored);
  const day = CALENDAR_DAY.test(text) ? text : null;
  const foreign = text !== '' && day === null;
  return (
    <DateInput
      {...props}
      error={foreign && error ? `${text}: ${error}` : error}
      locale={locale}
      readOnly={readOnly}
      valueFormat={DAY_FORMAT}
      dateParser={parseDay}
      allowDeselect
      value={day}
      placeholder={readOnly ? undefined : t('date.placeholder')}
      inputMode="numeric"
      autoComplete="off"
      leftSection={<IconCalendar size={16} stroke={1.6} aria-hidden />}
      leftSectionPointerEvents="none"
      previousLabel={t('date.previous')}
      nextLabel={t('date.next')}
      ariaLabels={{ monthLevelControl: t('date.toYear'), yearLevelControl: t('date.toDecade') }}
      weekendDays={[]}
      hideOutsideDates
      popoverProps={{ withinPortal: true, position: 'bottom-start' }}
      onBlur={(event) => {
        const typed = event.currentTarget.value;
        const finished = parseFinishedDay(typed);
        if (finished && !readOnly) setValue(map, field.id, finished);
      }}
      onChange={(next) => setValue(map, field.id, next ?? undefined)}
    />
  );
}
