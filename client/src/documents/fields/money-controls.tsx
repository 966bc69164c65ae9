import { isRecord } from '@concert/domain/fields/values.ts';
import { Group, Input, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import { setValue, useValue } from '../../platform/editor/fields-binding.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { showNumber, toAmount, toDecimal, useDraft } from './drafts.ts';
import { useControlProps } from './frame.tsx';
import type { ControlOf } from './scalar-controls.tsx';

const CURRENCIES = ['EUR', 'CHF', 'GBP', 'USD'];

type Parts = Readonly<Record<string, string>>;

/** The parts of a stored value; parts that are missing or foreign are empty. */
function partsOf(value: unknown, names: readonly string[]): Parts {
  const source = isRecord(value) ? value : {};
  return Object.fromEntries(names.map((name) => [name, source[name] === undefined ? '' : String(source[name])]));
}

type PartInput = {
  readonly label: string;
  readonly value: string;
  readonly onWrite: (typed: string) => string;
  readonly readOnly: boolean;
  readonly invalid: boolean;
  readonly digits: number;
  readonly id?: string;
  readonly placeholder?: string | undefined;
};

function NumberPart({ label, value, onWrite, readOnly, invalid, digits, id, placeholder }: PartInput) {
  const locale = useLocale();
  const draft = useDraft(value, (stored) => showNumber(locale, stored === '' ? undefined : stored, digits), onWrite);
  return (
    <TextInput
      id={id}
      flex={1}
      miw={0}
      inputMode="decimal"
      aria-label={label}
      placeholder={placeholder}
      error={invalid}
      readOnly={readOnly}
      value={draft.value}
      onChange={(event) => draft.onType(event.currentTarget.value)}
      onBlur={draft.onLeave}
    />
  );
}

function CurrencyPart({
  value,
  readOnly,
  onChange,
}: {
  value: string;
  readOnly: boolean;
  onChange: (currency: string) => void;
}) {
  const t = useText(messages);
  const known = value === '' || CURRENCIES.includes(value) ? CURRENCIES : [...CURRENCIES, value];
  return (
    <NativeSelect
      w="5.25rem"
      aria-label={t('fields.currency')}
      data={known}
      value={value === '' ? 'EUR' : value}
      disabled={readOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function MoneyControl({ field, map, path }: ControlOf<'money'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const id = useId();
  const { amount = '', currency = '' } = partsOf(useValue(map, field.id), ['amount', 'currency']);
  const put = (next: string, unit: string) =>
    setValue(map, field.id, next === '' ? undefined : { amount: next, currency: unit || 'EUR' });
  return (
    <Input.Wrapper {...props} id={id}>
      <Group gap={6} wrap="nowrap" mt={props.description ? 5 : 0} mb={props.error ? 5 : 0}>
        <NumberPart
          id={id}
          label={props.label}
          value={amount}
          digits={2}
          readOnly={readOnly}
          invalid={props.error !== undefined}
          onWrite={(typed) => {
            const next = typed.trim() === '' ? '' : toAmount(typed);
            put(next, currency);
            return next;
          }}
        />
        <CurrencyPart value={currency} readOnly={readOnly} onChange={(unit) => put(amount, unit)} />
      </Group>
    </Input.Wrapper>
  );
}

export function MoneyRangeControl({ field, map, path }: ControlOf<'money-range'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const { min = '', max = '', currency = '' } = partsOf(useValue(map, field.id), ['min', 'max', 'currency']);
  const put = (from: string, to: string, unit: string) =>
    setValue(map, field.id, from === '' && to === '' ? undefined : { min: from, max: to, currency: unit || 'EUR' });
  const amountOf = (typed: string) => (typed.trim() === '' ? '' : toAmount(typed));
  const shared = { digits: 2, readOnly, invalid: props.error !== undefined };
  return (
    <Input.Wrapper {...props} labelElement="div">
      <Group gap={6} wrap="nowrap" mt={props.description ? 5 : 0} mb={props.error ? 5 : 0}>
        <NumberPart
          {...shared}
          label={`${props.label}: ${t('fields.min')}`}
          placeholder={readOnly ? undefined : t('fields.min')}
          value={min}
          onWrite={(typed) => {
            const next = amountOf(typed);
            put(next, max, currency);
            return next;
          }}
        />
        <span aria-hidden>–</span>
        <NumberPart
          {...shared}
          label={`${props.label}: ${t('fields.max')}`}
          placeholder={readOnly ? undefined : t('fields.max')}
          value={max}
          onWrite={(typed) => {
            const next = amountOf(typed);
            put(min, next, currency);
            return next;
          }}
        />
        <CurrencyPart value={currency} readOnly={readOnly} onChange={(unit) => put(min, max, unit)} />
      </Group>
    </Input.Wrapper>
  );
}

export function QuantityControl({ field, map, path }: ControlOf<'quantity'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const id = useId();
  const { value = '', unit = '' } = partsOf(useValue(map, field.id), ['value', 'unit']);
  const put = (amount: string, of: string) =>
    setValue(map, field.id, amount === '' && of === '' ? undefined : { value: amount, unit: of });
  return (
    <Input.Wrapper {...props} id={id}>
      <Group gap={6} wrap="nowrap" mt={props.description ? 5 : 0} mb={props.error ? 5 : 0}>
        <NumberPart
          id={id}
          label={props.label}
          value={value}
          digits={0}
          readOnly={readOnly}
          invalid={props.error !== undefined}
          onWrite={(typed) => {
            const next = toDecimal(typed);
            put(next, unit);
            return next;
          }}
        />
        <TextInput
          flex={1}
          miw={0}
          aria-label={`${props.label}: ${t('fields.unit')}`}
          placeholder={readOnly ? undefined : t('fields.unit')}
          maxLength={80}
          readOnly={readOnly}
          value={unit}
          onChange={(event) => put(value, event.currentTarget.value)}
        />
      </Group>
    </Input.Wrapper>
  );
}
