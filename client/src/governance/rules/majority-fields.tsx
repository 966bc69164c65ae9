import { MAJORITY_BASES, type Majority, MajorityBase, TIES, Unit } from '@concert/domain/polls/api.ts';
import { Group, Select, Stack, Switch } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { PRESETS, presetOf, TERMS } from './presets.ts';
import { ShareField } from './share-field.tsx';

type Props = {
  readonly name: string;
  readonly value: Majority;
  readonly onChange: (majority: Majority) => void;
};

/** A majority: one with a name, or one of its own making. */
export function MajorityFields({ name, value, onChange }: Props) {
  const t = useText(messages);
  const preset = presetOf(value);
  return (
    <Stack gap="sm">
      <Select
        label={t('rules.form.preset')}
        maw="26rem"
        allowDeselect={false}
        data={[
          ...PRESETS.map((one) => ({ value: String(one), label: t(`rules.preset.${one}`) })),
          ...(preset ? [] : [{ value: 'custom', label: t('rules.preset.custom') }]),
        ]}
        value={preset ?? 'custom'}
        onChange={(next) => {
          const chosen = PRESETS.find((one) => one === next);
          if (chosen) onChange({ ...value, ...TERMS[chosen] });
        }}
      />
      <Group gap="sm" align="flex-start">
        <ShareField name={name} value={value} onChange={(share) => onChange({ ...value, ...share })} />
        <Select
          label={t('rules.form.base')}
          flex="1 1 17rem"
          allowDeselect={false}
          data={MAJORITY_BASES.map((base) => ({ value: base, label: t(`rules.form.base.${base}`) }))}
          value={value.base}
          onChange={(next) => onChange({ ...value, base: MajorityBase.parse(next) })}
        />
      </Group>
      <Group gap="sm" align="flex-start">
        <UnitSelect value={value.unit} onChange={(unit) => onChange({ ...value, unit })} />
        <Select
          label={t('rules.form.tie')}
          flex="1 1 15rem"
          allowDeselect={false}
          data={TIES.map((tie) => ({ value: String(tie), label: t(`rules.form.tie.${tie}`) }))}
          value={value.tie}
          onChange={(next) => onChange({ ...value, tie: TIES.find((tie) => tie === next) ?? value.tie })}
        />
      </Group>
      <Switch
        label={t('rules.form.perCollege')}
        checked={value.perCollege}
        onChange={(event) => onChange({ ...value, perCollege: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** In what seats are counted: heads, or weights. */
export function UnitSelect({ value, onChange }: { value: Unit; onChange: (unit: Unit) => void }) {
  const t = useText(messages);
  return (
    <Select
      label={t('rules.form.unit')}
      flex="1 1 15rem"
      allowDeselect={false}
      data={Unit.options.map((unit) => ({ value: unit, label: t(`rules.form.unit.${unit}`) }))}
      value={value}
      onChange={(next) => onChange(Unit.parse(next))}
    />
  );
}
