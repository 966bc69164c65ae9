import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { WorkspaceRole as Role, WORKSPACE_ROLES } from '@concert/domain/access/roles.ts';
import { Alert, Button, Group, MultiSelect, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';

/** How long a token may live, in days; the first is offered, none is without an end. */
const LIVES = [90, 7, 30, 365] as const;
const FOREVER = 'forever';
const DAY_MS = 86_400_000;

type Values = {
  name: string;
  life: string;
  scope: 'all' | 'limited';
  workspaces: string[];
  role: WorkspaceRole;
};

const EMPTY: Values = { name: '', life: String(LIVES[0]), scope: 'all', workspaces: [], role: 'viewer' };

/** What the server is asked for: the end and the limits, where they were chosen. */
export function tokenOf({ name, life, scope, workspaces, role }: Values, now: number) {
  return {
    name: name.trim(),
    ...(life === FOREVER ? {} : { until: new Date(now + Number(life) * DAY_MS).toISOString() }),
    ...(scope === 'all'
      ? {}
      : { limits: workspaces.map((id) => ({ subject: { kind: 'workspace' as const, id }, role })) }),
  };
}

/** Makes a token and shows it once. */
export function NewToken() {
  const t = useText(messages);
  const queries = useQueryClient();
  const checks = useCredentialChecks();
  const [made, setMade] = useState<{ name: string; token: string }>();
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      name: (value) => checks.filled(value.trim()),
      workspaces: (value, { scope }) => (scope === 'all' || value.length > 0 ? null : t('tokens.limitNeeded')),
    },
  });
  const create = useMutation(
    orpc.accounts.createToken.mutationOptions({
      onSuccess: ({ token }, { name }) => {
        setMade({ name, token });
        form.reset();
        void queries.invalidateQueries({ queryKey: orpc.accounts.tokens.key() });
      },
    }),
  );
  if (made) {
    return (
      <Alert color="yellow" mb="lg" title={t('tokens.once')}>
        <Stack gap="sm">
          <CopyField label={t('tokens.value', { name: made.name })} value={made.token} />
          <Group>
            <Button variant="default" onClick={() => setMade(undefined)}>
              {t('tokens.done')}
            </Button>
          </Group>
        </Stack>
      </Alert>
    );
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate(tokenOf(values, Date.now())))}>
      <Stack gap="md" mb="xl">
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t('tokens.name')}
            placeholder={t('tokens.namePlaceholder')}
            maxLength={80}
            flex="1 1 14rem"
            {...form.getInputProps('name')}
          />
          <Select
            label={t('tokens.until')}
            w="9rem"
            allowDeselect={false}
            data={[
              ...LIVES.toSorted((a, b) => a - b).map((days) => ({
                value: String(days),
                label: t('tokens.days', { count: days }),
              })),
              { value: FOREVER, label: t('tokens.forever') },
            ]}
            {...form.getInputProps('life')}
          />
        </Group>
        <Radio.Group label={t('tokens.scope')} {...form.getInputProps('scope')}>
          <Stack gap={8} mt={6}>
            <Radio value="all" label={t('tokens.scope.all')} />
            <Radio value="limited" label={t('tokens.scope.limited')} />
          </Stack>
        </Radio.Group>
        {form.values.scope === 'limited' && (
          <Limits
            workspaces={form.getInputProps('workspaces')}
            role={form.values.role}
            onRole={(role) => form.setFieldValue('role', role)}
          />
        )}
        <Group>
          <Button type="submit" loading={create.isPending}>
            {t('tokens.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type LimitsProps = {
  readonly workspaces: { value?: string[]; onChange?: (ids: string[]) => void; error?: unknown };
  readonly role: WorkspaceRole;
  readonly onRole: (role: WorkspaceRole) => void;
};

/** At most 20 workspaces, and the role that the token does not exceed there. */
function Limits({ workspaces, role, onRole }: LimitsProps) {
  const t = useText(messages);
  const say = useText(common);
  const mine = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200 } }));
  return (
    <Group align="flex-start" gap="sm">
      <MultiSelect
        label={t('tokens.limitWorkspaces')}
        description={t('tokens.limitHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={workspaces.value?.length ? '' : t('tokens.limitPlaceholder')}
        flex="1 1 16rem"
        maxValues={20}
        searchable
        data={(mine.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={workspaces.value ?? []}
        onChange={workspaces.onChange}
        error={typeof workspaces.error === 'string' ? workspaces.error : undefined}
      />
      <Select
        label={t('tokens.limitRole')}
        w="9rem"
        allowDeselect={false}
        data={WORKSPACE_ROLES.toReversed().map((value) => ({ value, label: say(`role.${value}`) }))}
        value={role}
        onChange={(next) => onRole(Role.parse(next))}
      />
    </Group>
  );
}
