import type { DenialItem } from '@concert/domain/access/api.ts';
import { Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Rows } from '../../ui/rows.tsx';
import { useFormat } from '../format.ts';
import { useText } from '../i18n.ts';
import { useMe } from '../session.tsx';
import { DeclareOther, DeclareOwn } from './declare-conflict.tsx';
import { messages } from './messages.ts';
import { routesOf, type Subject, useRightsChanged } from './subject.ts';

/** Declared conflicts of interest: owners see, declare and lift them, everybody may declare their own. */
export function Conflicts({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const denials = useQuery(routesOf(subject).denials.queryOptions({ input: { id: subject.id } }));
  const items = denials.data?.items ?? [];
  return (
    <Stack gap="sm" align="stretch">
      <Text size="sm" c="dimmed" maw="44rem">
        {t('conflict.explain')}
      </Text>
      {denials.isError && <ErrorState error={denials.error} onRetry={() => void denials.refetch()} />}
      <Rows label={t('conflict.title')}>
        {items.map((denial) => (
          <DenialRow key={denial.id} denial={denial} subject={subject} />
        ))}
      </Rows>
      <Group>
        <DeclareOwn subject={subject} />
        {subject.owned && <DeclareOther subject={subject} />}
      </Group>
    </Stack>
  );
}

function DenialRow({ denial, subject }: { denial: DenialItem; subject: Subject }) {
  const t = useText(messages);
  const format = useFormat();
  const me = useMe();
  const changed = useRightsChanged();
  const name = denial.principal.name || t('gone');
  const lift = useMutation(
    routesOf(subject).liftDenial.mutationOptions({
      onSuccess: () => {
        sayDone(t('conflict.lifted', { name }));
        return changed();
      },
    }),
  );
  const concerned = denial.principal.type === 'person' && denial.principal.id === me.id;
  return (
    <Group py="sm" gap="sm" justify="space-between">
      <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
        <Text size="sm" fw={560}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {t('conflict.by', { name: denial.by.name, date: format.date(denial.since) })}
          {denial.note && ` · ${t('quoted', { text: denial.note })}`}
        </Text>
      </div>
      {subject.owned && !concerned && (
        <ConfirmButton
          label={t('conflict.lift')}
          size="xs"
          danger={false}
          title={t('conflict.liftTitle', { name })}
          action={t('conflict.lift')}
          onConfirm={() => lift.mutateAsync({ id: subject.id, denialId: denial.id })}
        >
          {t('conflict.liftDetail')}
        </ConfirmButton>
      )}
    </Group>
  );
}
