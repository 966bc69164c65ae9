import { Group, Input, NumberInput, Select, Text } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { outOfReach, type Share } from './presets.ts';

type Props = {
  /** What the share is of, to tell its fields from those of another rule. */
  readonly name: string;
  readonly value: Share;
  readonly onChange: (share: Share) => void;
};

/** "More than", or "at least", so many parts of so many. */
export function ShareField({ name, value, onChange }: Props) {
  const t = useText(messages);
  const part = (key: 'num' | 'den') => (
    <NumberInput
      aria-label={t(`rules.form.${key}`, { name })}
      w="4.5rem"
      min={1}
      max={100}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      hideControls
      value={value[key]}
      onChange={(next) => onChange({ ...value, [key]: Number(next) || 1 })}
    />
  );
  return (
    <Input.Wrapper
      label={t('rules.form.share')}
      labelElement="div"
      error={outOfReach(value) && t('rules.form.outOfReach')}
    >
      <Group gap={6} wrap="nowrap">
        <Select
          aria-label={t('rules.form.compare', { name })}
          w="8.5rem"
          allowDeselect={false}
          data={[
            { value: 'over', label: t('rules.form.over') },
            { value: 'least', label: t('rules.form.least') },
          ]}
          value={value.strict ? 'over' : 'least'}
          onChange={(next) => onChange({ ...value, strict: next === 'over' })}
        />
        {part('num')}
        <Text c="dimmed" aria-hidden>
          /
        </Text>
        {part('den')}
      </Group>
    </Input.Wrapper>
  );
}
