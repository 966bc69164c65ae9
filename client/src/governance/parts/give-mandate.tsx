import { type Body, MANDATE_ROLES, MandateRole } from '@concert/domain/governance/api.ts';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { orpc } from '../../platform/query.ts';
import { dayOf, endOf, startOf } from '../../platform/sharing/ends.ts';
import { sayDone } from '../../ui/notify.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';

type Values = { personId: string | null; role: MandateRole; from: string | null; until: string | null };
const EMPTY: Values = { personId: null, role: 'member', from: null, until: null };

/** Gives somebody a mandate; without a first day it runs from now. */
export function GiveMandate({ body }: { body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: EMPTY,
    validate: { personId: (value) => (value ? null : t('valid.person')) },
  });
  const give = useMutation(
    orpc.governance.giveMandate.mutationOptions({
      onSuccess: ({ name }) => {
        sayDone(t('mandate.given', { name }));
        form.reset();
        void queries.invalidateQueries({ queryKey: orpc.sharing.key() });
        return queries.invalidateQueries({ queryKey: orpc.governance.key() });
      },
      onError: (error) => form.setFieldError('personId', explain(error)),
      meta: { saidInPlace: true },
    }),
  );
  const submit = ({ personId, role, from, until }: Values) => {
    if (!personId) return;
    give.mutate({
      id: body.id,
      personId,
      role,
      // A mandate from today runs from this moment, not from last midnight.
      ...(from && from !== dayOf(Date.now()) ? { from: startOf(from) } : {}),
      ...(until ? { until: endOf(until) } : {}),
    });
  };
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Group align="flex-start" gap="sm" mb="lg">
        <PersonSelect {...form.getInputProps('personId')} value={form.values.personId} />
        <Select
          label={t('mandate.role')}
          w="9rem"
          allowDeselect={false}
          data={MANDATE_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={form.values.role}
          onChange={(role) => form.setFieldValue('role', MandateRole.parse(role))}
        />
        <UntilField
          label={t('mandate.from')}
          placeholder={t('mandate.now')}
          value={form.values.from}
          onChange={(from) => form.setFieldValue('from', from)}
        />
        <UntilField
          label={say('until.label')}
          value={form.values.until}
          onChange={(until) => form.setFieldValue('until', until)}
          {...(form.values.from ? { from: form.values.from } : {})}
        />
        <Button type="submit" loading={give.isPending} w={{ base: '100%', sm: 'auto' }} mt={{ base: 0, sm: '1.45rem' }}>
          {t('mandate.give')}
        </Button>
      </Group>
    </form>
  );
}

type PersonProps = {
  readonly value: string | null;
  readonly onChange?: (id: string | null) => void;
  readonly error?: unknown;
};

/** Anybody of the installation, found by name: who keeps the bodies sees the people. */
function PersonSelect({ value, onChange, error }: PersonProps) {
  const t = useText(messages);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    ...orpc.administration.people.queryOptions({ input: { limit: 30, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const people = new Map(
    (found.data?.items ?? []).filter(({ state }) => state !== 'erased').map((person) => [person.id, person]),
  );
  return (
    <Select
      label={t('mandate.person')}
      flex="1 1 15rem"
      searchable
      clearable
      data={[...people.values()].map(({ id, name }) => ({ value: id, label: name }))}
      // Names were found by the server; a search by address finds a name that does not hold it.
      filter={({ options }) => options}
      value={value}
      onChange={(id) => onChange?.(id)}
      searchValue={typed}
      onSearchChange={setTyped}
      error={typeof error === 'string' ? error : undefined}
      nothingFoundMessage={t('mandate.noPerson')}
      renderOption={({ option }) => {
        const person = people.get(option.value);
        return (
          <Stack gap={0} miw={0}>
            <Text size="sm" fw={560} truncate>
              {option.label}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {[person?.title, person?.organisationName].filter(Boolean).join(' · ') || person?.email}
            </Text>
          </Stack>
        );
      }}
    />
  );
}
