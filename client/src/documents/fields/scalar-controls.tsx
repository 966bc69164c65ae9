import type { Field } from '@concert/domain/fields/types.ts';
import { safeHref } from '@concert/editor/safe-href.ts';
import {
  ActionIcon,
  Checkbox,
  Input,
  SegmentedControl,
  Select,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useRef } from 'react';
import { type FieldMap, setValue, useValue } from '../../platform/editor/fields-binding.ts';
import { useTextControl } from '../../platform/editor/text-binding.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { showNumber, toDecimal, toInteger, useDraft } from './drafts.ts';
import { useControlProps } from './frame.tsx';

export type ControlOf<Type extends Field['type']> = {
  readonly field: Extract<Field, { type: Type }>;
  readonly map: FieldMap;
  readonly path: string;
};

const asText = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);

/** One line of text, shown whole: it wraps where it is longer than its place. */
export function TextControl({ field, map, path }: ControlOf<'text'>) {
  const props = useControlProps(field, path);
  const value = useValue(map, field.id);
  return (
    <Textarea
      {...props}
      autosize
      minRows={1}
      maxRows={8}
      enterKeyHint="done"
      value={asText(value)}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.preventDefault()}
      onChange={(event) => setValue(map, field.id, orNothing(oneLine(event.currentTarget.value)))}
    />
  );
}

/** What is pasted may hold several lines; a title or a name has one. */
const oneLine = (typed: string): string => typed.replace(/\s*[\r\n]+\s*/g, ' ');

/** A text of several paragraphs that two people may write at once. */
export function LongTextControl({ field, map, path }: ControlOf<'long-text'>) {
  const props = useControlProps(field, path);
  const element = useRef<HTMLTextAreaElement>(null);
  const control = useTextControl(map, field.id, element);
  return (
    <Textarea
      {...props}
      ref={element}
      autosize
      minRows={2}
      maxRows={16}
      value={control.value}
      onChange={(event) => control.onChange(event.currentTarget)}
      onCompositionStart={control.onCompositionStart}
      onCompositionEnd={control.onCompositionEnd}
    />
  );
}

export function ChoiceControl({ field, map, path }: ControlOf<'choice'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const locale = useLocale();
  const t = useText(messages);
  const value = useValue(map, field.id);
  const options = field.options.map((option) => ({ value: option.value, label: option.label[locale] }));
  const current = typeof value === 'string' ? value : null;
  // A value from elsewhere that is no option is shown as it is, so that it can be seen and replaced.
  const known = current === null || options.some((option) => option.value === current);
  const data = known ? options : [...options, { value: current, label: current }];
  return (
    <Select
      {...props}
      data={data}
      value={current}
      readOnly={readOnly}
      clearable={!readOnly && current !== null}
      searchable={options.length > 7}
      placeholder={readOnly ? undefined : t('fields.choose')}
      comboboxProps={{ withinPortal: true }}
      onChange={(chosen) => setValue(map, field.id, chosen ?? undefined)}
    />
  );
}

export function BooleanControl({ field, map, path }: ControlOf<'boolean'>) {
  const { label, description, error, readOnly } = useControlProps(field, path);
  const value = useValue(map, field.id);
  return (
    <Checkbox
      label={label}
      description={description}
      error={error}
      checked={value === true}
      disabled={readOnly}
      onChange={(event) => setValue(map, field.id, event.currentTarget.checked || undefined)}
    />
  );
}

const SCALE_STEPS = 5;

/** A range so short that all of it is shown at once. */
export const isScale = ({ min, max }: { readonly min?: number; readonly max?: number }): boolean =>
  min !== undefined && max !== undefined && max - min < SCALE_STEPS;

export function IntegerControl(props: ControlOf<'integer'>) {
  const { min = 0, max = 0 } = props.field;
  return isScale(props.field) ? <ScaleControl {...props} from={min} to={max} /> : <WholeNumberControl {...props} />;
}

function WholeNumberControl({ field, map, path }: ControlOf<'integer'>) {
  const props = useControlProps(field, path);
  const locale = useLocale();
  const value = useValue(map, field.id);
  const draft = useDraft<unknown>(
    value,
    (stored) => showNumber(locale, stored),
    (typed) => write(map, field.id, toInteger(typed)),
  );
  return (
    <TextInput
      {...props}
      inputMode="numeric"
      value={draft.value}
      onChange={(event) => draft.onType(event.currentTarget.value)}
      onBlur={draft.onLeave}
    />
  );
}

function write<Value>(map: FieldMap, key: string, value: Value): Value {
  setValue(map, key, value);
  return value;
}

/** A short scale, all of it in view. */
function ScaleControl({ field, map, path, from, to }: ControlOf<'integer'> & { from: number; to: number }) {
  const { label, description, error, withAsterisk, readOnly } = useControlProps(field, path);
  const t = useText(messages);
  const value = useValue(map, field.id);
  const steps = Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
  const current = steps.includes(asText(value)) ? asText(value) : '';
  return (
    <Input.Wrapper label={label} description={description} error={error} withAsterisk={withAsterisk} labelElement="div">
      <SegmentedControl
        fullWidth
        size="xs"
        mt={4}
        aria-label={label}
        readOnly={readOnly}
        data={[
          { value: '', label: <span title={t('fields.none')}>–</span> },
          ...steps.map((step) => ({ value: step, label: step })),
        ]}
        value={current}
        onChange={(chosen) => setValue(map, field.id, chosen === '' ? undefined : Number(chosen))}
      />
    </Input.Wrapper>
  );
}

export function DecimalControl({ field, map, path }: ControlOf<'decimal'>) {
  const props = useControlProps(field, path);
  const locale = useLocale();
  const value = useValue(map, field.id);
  const draft = useDraft<unknown>(
    value,
    (stored) => showNumber(locale, stored),
    (typed) => write(map, field.id, orNothing(toDecimal(typed))),
  );
  return (
    <TextInput
      {...props}
      inputMode="decimal"
      value={draft.value}
      rightSection={
        field.unit ? (
          <Text span size="sm" c="dimmed">
            {field.unit}
          </Text>
        ) : undefined
      }
      onChange={(event) => draft.onType(event.currentTarget.value)}
      onBlur={draft.onLeave}
    />
  );
}

export function UrlControl({ field, map, path }: ControlOf<'url'>) {
  const props = useControlProps(field, path);
  const t = useText(messages);
  const value = asText(useValue(map, field.id));
  const href = safeHref(value);
  return (
    <TextInput
      {...props}
      type="url"
      inputMode="url"
      placeholder="https://"
      value={value}
      rightSection={
        href && (
          <Tooltip label={t('fields.open')}>
            <ActionIcon
              component="a"
              size="sm"
              href={href}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t('fields.open')}
            >
              <IconExternalLink size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )
      }
      onChange={(event) => setValue(map, field.id, orNothing(event.currentTarget.value.trim()))}
    />
  );
}
