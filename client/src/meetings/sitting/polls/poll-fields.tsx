import { MAX_OPTIONS, POLL_METHODS, PollMethod, SECRECIES, Secrecy } from '@concert/domain/polls/api.ts';
import { Checkbox, Group, NumberInput, Radio, Select, Stack, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useLocale } from '../../../platform/i18n.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { decidedBy } from './labels.ts';
import {
  hasOptions,
  LIMITS,
  type MajorityChoice,
  type PollValues,
  takesHands,
  withMethod,
} from './poll-form-values.ts';

type Form = UseFormReturnType<PollValues>;
type Props = {
  readonly form: Form;
  /** The poll is open: its wording may be corrected, and nothing else. */
  readonly reword: boolean;
  /** The way to vote is chosen once. */
  readonly fixedMethod: boolean;
};

/** What is asked, and how it is voted on. */
export function PollFields({ form, reword, fixedMethod }: Props) {
  const t = useSay();
  const { method, byHands } = form.values;
  return (
    <>
      <Textarea
        data-autofocus
        label={t('poll.form.question')}
        autosize
        minRows={2}
        maxLength={1_000}
        {...form.getInputProps('question')}
      />
      {!reword && (
        <>
          <Select
            label={t('poll.form.method')}
            description={t(`poll.methodDetail.${method}`)}
            disabled={fixedMethod}
            allowDeselect={false}
            data={POLL_METHODS.map((value) => ({ value, label: t(`poll.method.${value}`) }))}
            value={method}
            onChange={(value) => form.setValues(withMethod(form.values, PollMethod.parse(value)))}
          />
          {hasOptions(method) && (
            <Textarea
              label={t('poll.form.options')}
              description={t('poll.form.optionsHelp', { max: MAX_OPTIONS })}
              autosize
              minRows={4}
              maxRows={14}
              {...form.getInputProps('options')}
            />
          )}
          <LimitFields form={form} />
          {takesHands(method) && (
            <Checkbox
              label={t('poll.form.byHands')}
              description={t('poll.form.byHandsHelp')}
              {...form.getInputProps('byHands', { type: 'checkbox' })}
            />
          )}
          {!(byHands && takesHands(method)) && <SecrecyField form={form} />}
          {(method === 'motion' || method === 'choose') && <MajorityField form={form} />}
        </>
      )}
    </>
  );
}

function LimitFields({ form }: { form: Form }) {
  const t = useSay();
  const { method } = form.values;
  const names = LIMITS[method];
  if (names.length === 0) return null;
  return (
    <Group gap="md" align="flex-start" grow>
      {names.map((name) => (
        <NumberInput
          key={name}
          label={t(name === 'max' && method === 'dots' ? 'poll.form.dots' : `poll.form.${name}`)}
          placeholder={t('poll.form.usual')}
          min={name === 'min' ? 0 : 1}
          max={name === 'seats' ? MAX_OPTIONS : name === 'perOption' ? 100 : 1_000}
          allowDecimal={false}
          {...form.getInputProps(name)}
          onChange={(value) => form.setFieldValue(name, typeof value === 'number' ? value : '')}
        />
      ))}
    </Group>
  );
}

function SecrecyField({ form }: { form: Form }) {
  const t = useSay();
  return (
    <Radio.Group
      label={t('poll.form.secrecy')}
      value={form.values.secrecy}
      onChange={(value) => form.setFieldValue('secrecy', Secrecy.parse(value))}
    >
      <Stack gap={6} mt={6}>
        {SECRECIES.map((value) => (
          <Radio
            key={value}
            value={value}
            label={t(`poll.secrecy.${value}`)}
            description={t(`poll.secrecyDetail.${value}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function MajorityField({ form }: { form: Form }) {
  const t = useSay();
  const locale = useLocale();
  const { majorities } = useSitting().meeting.rules;
  return (
    <Radio.Group
      label={t('poll.form.majority')}
      value={form.values.majority}
      onChange={(value) => form.setFieldValue('majority', value as MajorityChoice)}
    >
      <Stack gap={6} mt={6}>
        {form.values.method === 'choose' && (
          <Radio value="relative" label={t('poll.majority.relative')} description={t('poll.majority.most')} />
        )}
        {(['ordinary', 'qualified'] as const).map((name) => (
          <Radio
            key={name}
            value={name}
            label={t(`poll.majority.${name}`)}
            description={decidedBy({ method: form.values.method, majority: majorities[name] }, locale, t)}
          />
        ))}
        {form.values.majority === 'kept' && <Radio value="kept" label={t('poll.majority.kept')} />}
      </Stack>
    </Radio.Group>
  );
}
