import type { Body, Mandate } from '@concert/domain/governance/api.ts';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { dayOf, lastDayOf } from '../../platform/sharing/ends.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { PersonLine } from '../../ui/person-line.tsx';
import { messages } from '../messages.ts';
import { daysUntil, endsSoon } from '../seats/seating.ts';
import { useMandatesChanged } from './queries.ts';

type Props = {
  readonly mandate: Mandate;
  readonly body: Body;
  /** What the seat is called that it fills. */
  readonly seat: string | undefined;
  /** Opens what changes it; absent for those who may not. */
  readonly onChange?: ((mandate: Mandate) => void) | undefined;
};

/** A mandate: who, what, in which seat, by which act, from when until when. */
export function MandateRow({ mandate, body, seat, onChange }: Props) {
  const t = useText(messages);
  const { role, rank, state, appointedBy } = mandate;
  const about = [mandate.title, mandate.organisationName].filter(Boolean).join(' · ');
  const where = seat && (role === 'alternate' ? t('mandate.standsIn', { title: seat, rank: rank ?? 1 }) : seat);
  return (
    <Group py="sm" gap="sm" justify="space-between" align="flex-start">
      <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
        <PersonLine person={{ ...mandate, id: mandate.personId }} detail={about} size={38} />
      </div>
      <Stack gap={3} align="flex-start" flex="1 1 15rem" miw={0}>
        <Group gap={6}>
          <Badge radius="sm" variant={role === 'chair' ? 'light' : 'default'}>
            {t(`role.${role}`)}
          </Badge>
          {state !== 'running' && (
            <Badge radius="sm" variant="light" color="gray">
              {t(`mandate.${state}`)}
            </Badge>
          )}
          {where && <Text size="sm">{where}</Text>}
        </Group>
        <Span mandate={mandate} />
        {appointedBy && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('mandate.by', { act: appointedBy })}
          </Text>
        )}
      </Stack>
      {onChange && state !== 'ended' && (
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            aria-label={t('mandate.changeOf', { name: mandate.name })}
            onClick={() => onChange(mandate)}
          >
            {t('mandate.change')}
          </Button>
          <EndButton mandate={mandate} body={body} />
        </Group>
      )}
    </Group>
  );
}

function Span({ mandate: { from, until, state } }: { mandate: Mandate }) {
  const t = useText(messages);
  const format = useFormat();
  const since = format.date(dayOf(from));
  const soon = state === 'running' && until !== undefined && endsSoon(until, Date.now());
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        {until
          ? t('mandate.fromTo', { from: since, until: format.date(lastDayOf(until)) })
          : t('mandate.since', { from: since })}
      </Text>
      {soon && (
        <Badge radius="sm" size="sm" variant="light" color="yellow">
          {t('ending.in', { count: daysUntil(until, Date.now()) })}
        </Badge>
      )}
    </Group>
  );
}

function EndButton({ mandate, body }: { mandate: Mandate; body: Body }) {
  const t = useText(messages);
  const reread = useMandatesChanged();
  const end = useMutation(
    orpc.governance.endMandate.mutationOptions({
      onSuccess: () => {
        sayDone(t('mandate.done', { name: mandate.name }));
        return reread();
      },
    }),
  );
  return (
    <ConfirmButton
      label={t('mandate.end')}
      aria-label={t('mandate.endOf', { name: mandate.name })}
      size="xs"
      title={t('mandate.endTitle', { name: mandate.name })}
      action={t('mandate.end')}
      onConfirm={() => end.mutateAsync({ id: body.id, mandateId: mandate.id })}
    >
      {t('mandate.endDetail')}
    </ConfirmButton>
  );
}
