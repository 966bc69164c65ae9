import { Button, Group, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useText } from '../../platform/i18n.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { ownZone, zoneName } from '../logic/times.ts';
import { messages } from '../messages.ts';
import type { MeetingValues } from './meeting-values.ts';
import { TimeField } from './time-field.tsx';

type Props = {
  readonly values: Pick<MeetingValues, 'day' | 'from' | 'lastDay' | 'until' | 'timeZone'>;
  readonly errors: { readonly [field: string]: ReactNode };
  /** Whether it may end on another day. */
  readonly severalDays: boolean;
  /** Whether it was convened already: only its end may still change. */
  readonly fixed: boolean;
  readonly onChange: (changes: Partial<MeetingValues>) => void;
};

/** Day and hours of a meeting, in the time zone where it is held. */
export function WhenFields({ values, errors, severalDays, fixed, onChange }: Props) {
  const t = useText(messages);
  const { day, from, lastDay, until, timeZone } = values;
  return (
    <div>
      <Group gap="sm" align="flex-start">
        <UntilField
          label={t('form.day')}
          placeholder={t('form.dayLater')}
          value={day}
          disabled={fixed}
          onChange={(next) => onChange({ day: next, ...(next && lastDay && lastDay < next ? { lastDay: null } : {}) })}
        />
        <TimeField
          label={t('form.from')}
          value={from}
          disabled={!day || fixed}
          error={errors.from}
          onChange={(next) => onChange({ from: next })}
        />
        {(severalDays || lastDay) && (
          <UntilField
            label={t('form.lastDay')}
            placeholder={t('form.sameDay')}
            value={lastDay}
            disabled={!day}
            onChange={(next) => onChange({ lastDay: next })}
            {...(day ? { from: day } : {})}
          />
        )}
        <TimeField
          label={t('form.until')}
          value={until}
          disabled={!day}
          error={errors.until}
          onChange={(next) => onChange({ until: next })}
        />
      </Group>
      {fixed && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('form.fixedDate')}
        </Text>
      )}
      {fixed ? null : day ? (
        <Zone value={timeZone} onChange={(next) => onChange({ timeZone: next })} />
      ) : (
        <Text size="xs" c="dimmed" mt={6}>
          {t('form.noDay')}
        </Text>
      )}
    </div>
  );
}

function Zone({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const t = useText(messages);
  const [choosing, { open }] = useDisclosure(false);
  if (!choosing)
    return (
      <Group gap={6} mt={6}>
        <Text size="xs" c="dimmed">
          {t('zone.of', { zone: zoneName(value) })}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={open}>
          {t('zone.change')}
        </Button>
      </Group>
    );
  const zones = new Set([value, ownZone(), 'Europe/Paris', 'Europe/Rome', ...Intl.supportedValuesOf('timeZone')]);
  return (
    <Select
      label={t('zone')}
      mt="sm"
      searchable
      allowDeselect={false}
      limit={60}
      data={[...zones].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      nothingFoundMessage={t('zone.none')}
    />
  );
}
