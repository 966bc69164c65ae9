import { ris3Label, territoryLabel } from '@concert/domain/codes/codes.ts';
import type { DocumentKind } from '@concert/domain/documents/api.ts';
import type { Field } from '@concert/domain/fields/types.ts';
import { isRecord } from '@concert/domain/fields/values.ts';
import { kindOf } from '@concert/domain/kinds.ts';
import { Stack, Text, Title } from '@mantine/core';
import { useFormat } from '../format.ts';
import { useLocale, useText } from '../i18n.ts';
import { editorMessages } from './messages.ts';
import styles from './rendered-fields.module.css';

type Values = Readonly<Record<string, unknown>>;

/** The data of a version, as words and figures. */
export function RenderedFields({ kind, fields }: { kind: DocumentKind; fields: Values }) {
  const t = useText(editorMessages);
  const locale = useLocale();
  const filled = kindOf(kind).sections.filter((section) => section.fields.some(({ id }) => says(fields[id])));
  if (filled.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('fields.none')}
      </Text>
    );
  }
  return (
    <Stack gap="lg">
      {filled.map((section) => (
        <section key={section.id}>
          <Title order={3} mb="xs">
            {section.label[locale]}
          </Title>
          <Values fields={section.fields} values={fields} />
        </section>
      ))}
    </Stack>
  );
}

const says = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function Values({ fields, values }: { fields: readonly Field[]; values: Values }) {
  const locale = useLocale();
  return (
    <dl className={styles.values}>
      {fields
        .filter(({ id }) => says(values[id]))
        .map((field) => (
          <div key={field.id}>
            <dt>{field.label[locale]}</dt>
            <dd>
              <Value field={field} value={values[field.id]} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Value({ field, value }: { field: Field; value: unknown }) {
  const locale = useLocale();
  const format = useFormat();
  if (field.type === 'rows' && Array.isArray(value)) {
    return (
      <ol className={styles.rows}>
        {value.filter(isRecord).map((row) => (
          <li key={String(row.id)}>
            <Values fields={field.columns} values={row} />
          </li>
        ))}
      </ol>
    );
  }
  if (field.type === 'choice')
    return field.options.find((option) => option.value === value)?.label[locale] ?? String(value);
  if (field.type === 'boolean') return value === true ? '✓' : '–';
  if (field.type === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return format.date(value);
  if (field.type === 'codes' && Array.isArray(value))
    return value.map((code) => codeName(field.list, String(code), locale)).join(', ');
  if (isRecord(value)) return recordText(value, format.money);
  if (Array.isArray(value)) return value.join(', ');
  return <span className={styles.text}>{String(value)}</span>;
}

function codeName(list: string, code: string, locale: 'fr' | 'en' | 'it'): string {
  const label =
    list === 'territories' ? territoryLabel(code, locale) : list === 'ris3' ? ris3Label(code, locale) : undefined;
  return label ? `${code} ${label}` : code;
}

function recordText(value: Values, money: (value: { amount: string; currency: string }) => string): string {
  const { amount, currency, min, max, unit } = value;
  const inCurrency = (part: unknown) =>
    /^\d+(\.\d+)?$/.test(String(part)) && /^[A-Z]{3}$/.test(String(currency))
      ? money({ amount: String(part), currency: String(currency) })
      : String(part ?? '');
  if (amount !== undefined) return inCurrency(amount);
  if (min !== undefined || max !== undefined) return `${inCurrency(min)} – ${inCurrency(max)}`;
  return [value.value, unit].filter(says).map(String).join(' ');
}
