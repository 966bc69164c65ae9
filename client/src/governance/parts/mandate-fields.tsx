import { type Body, MandateRole } from '@concert/domain/governance/api.ts';
import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';
import { type MandateTask, rolesFor } from './mandate-task.ts';
import type { MandateValues } from './mandate-values.ts';

type Props = {
  readonly body: Body;
  readonly task: MandateTask;
  readonly values: MandateValues;
  readonly onChange: (change: Partial<MandateValues>) => void;
};

/** What a mandate is, in which seat, by which act, and from when until when. */
export function MandateFields({ body, task, values, onChange }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const { role, seatId, rank, from, until } = values;
  const roles = rolesFor(task);
  const ranked = role === 'alternate' && seatId !== null;
  return (
    <>
      <Group grow align="flex-start">
        {roles.length > 1 && (
          <Select
            label={t('mandate.role')}
            allowDeselect={false}
            data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role}
            onChange={(next) => onChange({ role: MandateRole.parse(next) })}
          />
        )}
        {ranked && (
          <NumberInput
            label={t('mandate.rank')}
            description={t('mandate.rankHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            max={99}
            allowDecimal={false}
            clampBehavior="strict"
            value={rank}
            onChange={(next) => onChange({ rank: Number(next) || 1 })}
          />
        )}
      </Group>
      {(task.kind === 'give' || task.kind === 'change') && role !== 'observer' && (
        <SeatSelect body={body} value={seatId} onChange={(id) => onChange({ seatId: id })} />
      )}
      <Group grow align="flex-start">
        <DayInput
          label={t('mandate.from')}
          clear={t('mandate.fromClear')}
          placeholder={t('mandate.now')}
          value={from}
          onChange={(day) => onChange({ from: day })}
        />
        <UntilField
          label={say('until.label')}
          value={until}
          onChange={(day) => onChange({ until: day })}
          w="auto"
          {...(from ? { from } : {})}
        />
      </Group>
      <TextInput
        label={t('mandate.act')}
        description={t('mandate.actHelp')}
        placeholder={t('mandate.actExample')}
        maxLength={300}
        autoComplete="off"
        value={values.appointedBy}
        onChange={(event) => onChange({ appointedBy: event.currentTarget.value })}
      />
    </>
  );
}

type SeatProps = Pick<Props, 'body'> & {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
};

/** A seat of the body, with who sits there; nothing in a body without seats. */
function SeatSelect({ body, value, onChange }: SeatProps) {
  const t = useText(messages);
  const seats = useQuery(orpc.governance.seats.queryOptions({ input: { id: body.id } }));
  const items = seats.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Select
      label={t('mandate.seat')}
      placeholder={t('mandate.noSeat')}
      searchable
      clearable
      data={items.map(({ id, title, holder }) => ({
        value: id,
        label: `${title} (${holder ? holder.name : t('seat.vacant')})`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
