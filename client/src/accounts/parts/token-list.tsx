import type { AccessToken, TokenLimit } from '@concert/domain/accounts/api.ts';
import { Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { NewToken } from './new-token.tsx';

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
  const endOf = (until: string) =>
    t(Date.parse(until) > Date.now() ? 'tokens.ends' : 'tokens.ended', { when: format.relative(until) });
  return (
    <Group justify="space-between" wrap="nowrap" py="sm">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={560} truncate>
          {token.name}
        </Text>
        <Text size="xs" c="dimmed">
          <Reach token={token} />
        </Text>
        <Text size="xs" c="dimmed">
          {t('tokens.created', { when: format.relative(token.createdAt) })} · {used}
          {token.until && <> · {endOf(token.until)}</>}
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

/** What a token may do: all that its person may, or a role on some workspaces and documents. */
function Reach({ token: { limits } }: { token: AccessToken }) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const mine = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200 } }));
  if (!limits) return t('tokens.unlimited');
  const nameOf = ({ subject }: TokenLimit) =>
    mine.data?.items.find(({ id }) => id === subject.id)?.name ?? t(`tokens.limit.${subject.kind}`);
  const roles = [...new Set(limits.map(({ role }) => role))];
  return roles
    .map((role) =>
      t('tokens.limited', {
        role: say(`role.${role}`),
        where: format.list(limits.filter((limit) => limit.role === role).map(nameOf)),
      }),
    )
    .join(' · ');
}
