import type { AccessToken } from '@concert/domain/accounts/api.ts';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';

/** Personal access tokens: created, shown once, revoked. */
export function TokenList() {
  const t = useText(messages);
  const tokens = useQuery(orpc.accounts.tokens.queryOptions({ input: {} }));
  return (
    <Section title={t('tokens.title')} detail={t('tokens.detail')}>
      <NewToken />
      {tokens.isPending && <ListSkeleton count={2} />}
      {tokens.isError && <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.items.length === 0 && (
        <EmptyState icon={IconKey} title={t('tokens.empty')} compact>
          {t('tokens.emptyDetail')}
        </EmptyState>
      )}
      <Rows>
        {(tokens.data?.items ?? []).map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </Rows>
    </Section>
  );
}

function NewToken() {
  const t = useText(messages);
  const queries = useQueryClient();
  const checks = useCredentialChecks();
  const [made, setMade] = useState<{ name: string; token: string }>();
  const form = useForm({ initialValues: { name: '' }, validate: { name: (value) => checks.filled(value.trim()) } });
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
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Group align="flex-end" mb="lg">
        <TextInput
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          maxLength={80}
          flex="1 1 14rem"
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={create.isPending}>
          {t('tokens.create')}
        </Button>
      </Group>
    </form>
  );
}

function TokenRow({ token }: { token: AccessToken }) {
  const t = useText(messages);
  const format = useFormat();
  const queries = useQueryClient();
  const revoke = useMutation(
    orpc.accounts.revokeToken.mutationOptions({
      onSuccess: () => {
        sayDone(t('tokens.revoked'));
        return queries.invalidateQueries({ queryKey: orpc.accounts.tokens.key() });
      },
    }),
  );
  const used = token.lastUsedAt ? t('tokens.used', { when: format.relative(token.lastUsedAt) }) : t('tokens.never');
  return (
    <Group justify="space-between" wrap="nowrap" py="sm">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={560} truncate>
          {token.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t('tokens.created', { when: format.relative(token.createdAt) })} · {used}
        </Text>
      </div>
      <ConfirmButton
        label={t('tokens.revoke')}
        size="xs"
        title={t('tokens.revokeTitle', { name: token.name })}
        action={t('tokens.revoke')}
        onConfirm={() => revoke.mutateAsync({ id: token.id })}
      >
        {t('tokens.revokeDetail')}
      </ConfirmButton>
    </Group>
  );
}
