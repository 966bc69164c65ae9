import { LATE_ITEMS, type RuleSet } from '@concert/domain/governance/rule-set.ts';
import { NumberInput, Radio, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import type { RuleId } from './rule-words.ts';

type Props = { readonly rules: RuleSet; readonly onChange: (change: Partial<RuleSet>) => void };

type CountProps = {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly max: number;
  readonly min?: number;
  /** How much one step of the buttons is. */
  readonly step?: number;
  readonly decimals?: number;
};

const Count = ({ label, value, onChange, max, min = 0, step = 1, decimals = 0 }: CountProps) => (
  <NumberInput
    label={label}
    maw="24rem"
    min={min}
    max={max}
    step={step}
    decimalScale={decimals}
    allowNegative={false}
    clampBehavior="strict"
    value={value}
    onChange={(next) => onChange(Math.max(min, Number(next) || 0))}
  />
);

const Proxies = ({ rules: { proxies }, onChange }: Props) => {
  const t = useText(messages);
  return (
    <Stack gap="sm">
      <Switch
        label={t('rules.form.proxies')}
        checked={proxies.allowed}
        onChange={(event) => onChange({ proxies: { ...proxies, allowed: event.currentTarget.checked } })}
      />
      {proxies.allowed && (
        <Count
          label={t('rules.form.maxPerHolder')}
          min={1}
          max={50}
          value={proxies.maxPerHolder}
          onChange={(maxPerHolder) => onChange({ proxies: { ...proxies, maxPerHolder } })}
        />
      )}
    </Stack>
  );
};

const Late = ({ rules: { lateItems }, onChange }: Props) => {
  const t = useText(messages);
  return (
    <Radio.Group
      aria-label={t('rules.name.late')}
      value={lateItems}
      onChange={(next) => onChange({ lateItems: LATE_ITEMS.find((one) => one === next) ?? lateItems })}
    >
      <Stack gap="xs">
        {LATE_ITEMS.map((one) => (
          <Radio key={one} value={one} label={t(`rules.form.late.${one}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
};

const CastingVote = ({ rules: { castingVote }, onChange }: Props) => {
  const t = useText(messages);
  return (
    <Switch
      label={t('rules.form.castingVote')}
      checked={castingVote}
      onChange={(event) => onChange({ castingVote: event.currentTarget.checked })}
    />
  );
};

const Notice = ({ rules, onChange }: Props) => {
  const t = useText(messages);
  const set = (noticeDays: number) => onChange({ noticeDays });
  return <Count label={t('rules.form.notice')} max={90} value={rules.noticeDays} onChange={set} />;
};

const Freeze = ({ rules, onChange }: Props) => {
  const t = useText(messages);
  const set = (freezeHours: number) => onChange({ freezeHours });
  return <Count label={t('rules.form.freeze')} max={720} value={rules.freezeHours} onChange={set} />;
};

/** Spans of speech are set in minutes; half a minute is the least that one would set. */
const Minutes = ({ label, max, value, onChange }: Omit<CountProps, 'decimals'>) => (
  <Count
    label={label}
    max={max / 60}
    step={0.5}
    decimals={1}
    value={value / 60}
    onChange={(minutes) => onChange(Math.round(minutes * 60))}
  />
);

const Speech = ({ rules, onChange }: Props) => {
  const t = useText(messages);
  const set = (speakSeconds: number) => onChange({ speakSeconds });
  return <Minutes label={t('rules.form.speech')} max={7_200} value={rules.speakSeconds} onChange={set} />;
};

const CollegeTime = ({ rules, onChange }: Props) => {
  const t = useText(messages);
  const set = (collegeSeconds: number) => onChange({ collegeSeconds });
  return <Minutes label={t('rules.form.collegeTime')} max={36_000} value={rules.collegeSeconds} onChange={set} />;
};

type PlainRule = Exclude<RuleId, 'quorum' | 'ordinary' | 'qualified'>;

/** The fields of the rules that are one setting or two. */
export const PLAIN_FIELDS: Readonly<Record<PlainRule, (props: Props) => ReactNode>> = {
  castingVote: CastingVote,
  proxies: Proxies,
  notice: Notice,
  freeze: Freeze,
  late: Late,
  speech: Speech,
  collegeTime: CollegeTime,
};
