import { Autocomplete, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { OrganisationSelect } from '../../ui/organisation-select.tsx';
import { useText } from '../i18n.ts';
import { orpc } from '../query.ts';
import { messages } from './messages.ts';
import type { GranteeType } from './subject.ts';

type GranteeProps = {
  readonly type: GranteeType;
  readonly value: string;
  readonly onChange?: (who: string) => void;
  readonly error?: ReactNode;
};

/** Somebody by address, or a whole body or organisation by its id. */
export function Grantee({ type, value, onChange, error }: GranteeProps) {
  const t = useText(messages);
  if (type === 'organisation') {
    return (
      <OrganisationSelect
        label={t('type.organisation')}
        value={value || null}
        onChange={(id) => onChange?.(id ?? '')}
        error={error}
      />
    );
  }
  const Field = type === 'body' ? BodySelect : PersonField;
  return <Field value={value} onChange={(who) => onChange?.(who)} error={error} />;
}

type FieldProps = {
  readonly value: string;
  readonly onChange: (who: string) => void;
  readonly error?: ReactNode;
};

function BodySelect({ value, onChange, error }: FieldProps) {
  const t = useText(messages);
  const bodies = useQuery(orpc.governance.list.queryOptions({ input: { limit: 200, state: 'active' } }));
  return (
    <Select
      label={t('type.body')}
      searchable
      clearable
      data={(bodies.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      error={error}
      nothingFoundMessage={t('give.noBody')}
    />
  );
}

/** Somebody by their address; those with whom I share a workspace are offered by name. */
function PersonField({ value, onChange, error }: FieldProps) {
  const t = useText(messages);
  const people = useQuery(orpc.accounts.people.queryOptions({ input: { limit: 200 } }));
  const names = new Map((people.data?.items ?? []).map(({ email, name }) => [email, name]));
  const found = [...names].filter(([email, name]) =>
    `${name} ${email}`.toLocaleLowerCase().includes(value.trim().toLocaleLowerCase()),
  );
  return (
    <Autocomplete
      label={t('give.email')}
      type="email"
      autoComplete="off"
      data={found.slice(0, 8).map(([email]) => email)}
      // Everything offered was chosen by name or address already.
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      error={error}
      renderOption={({ option }) => (
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={560} truncate>
            {names.get(option.value)}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {option.value}
          </Text>
        </div>
      )}
    />
  );
}
