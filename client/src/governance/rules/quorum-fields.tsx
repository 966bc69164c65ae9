import type { Quorum } from '@concert/domain/polls/api.ts';
import { Group, Select, Stack, Switch } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { UnitSelect } from './majority-fields.tsx';
import { ShareField } from './share-field.tsx';

const BASES = ['none', 'filled', 'seats'] as const satisfies readonly Quorum['base'][];

type Props = { readonly value: Quorum; readonly onChange: (quorum: Quorum) => void };

/** How many must be there for a vote, if any must. */
export function QuorumFields({ value, onChange }: Props) {
  const t = useText(messages);
  const name = t('rules.name.quorum');
  return (
    <Stack gap="sm">
      <Select
        label={t('rules.form.quorumBase')}
        maw="26rem"
        allowDeselect={false}
        data={BASES.map((base) => ({ value: String(base), label: t(`rules.form.quorumBase.${base}`) }))}
        value={value.base}
        onChange={(next) => onChange({ ...value, base: BASES.find((base) => base === next) ?? value.base })}
      />
      {value.base !== 'none' && (
        <>
          <Group gap="sm" align="flex-start">
            <ShareField name={name} value={value} onChange={(share) => onChange({ ...value, ...share })} />
            <UnitSelect value={value.unit} onChange={(unit) => onChange({ ...value, unit })} />
          </Group>
          <Switch
            label={t('rules.form.countProxies')}
            checked={value.countProxies}
            onChange={(event) => onChange({ ...value, countProxies: event.currentTarget.checked })}
          />
          <Switch
            label={t('rules.form.quorumPerCollege')}
            checked={value.perCollege}
            onChange={(event) => onChange({ ...value, perCollege: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  );
}
