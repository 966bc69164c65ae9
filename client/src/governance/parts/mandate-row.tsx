import { type Body, MANDATE_ROLES, type Mandate, MandateRole } from '@concert/domain/governance/api.ts';
import { Badge, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { dayOf, endOf, lastDayOf } from '../../platform/sharing/ends.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { PersonLine } from '../../ui/person-line.tsx';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';

type Props = { readonly mandate: Mandate; readonly body: Body; readonly manages: boolean };

/** A mandate: who, what, from when until when; and the buttons of those who keep the body. */
export function MandateRow({ mandate, body, manages }: Props) {
  const t = useText(messages);
  const format = useFormat();
  const { from, until, role, state } = mandate;
  const about = [mandate.title, mandate.organisationName].filter(Boolean).join(' · ');
  const time = until
    ? t('mandate.fromTo', { from: format.date(dayOf(from)), until: format.date(lastDayOf(until)) })
    : t('mandate.since', { from: format.date(dayOf(from)) });
  return (
    <Group py="sm" gap="sm" justify="space-between" style={state === 'ended' ? { opacity: 0.75 } : undefined}>
      <div style={{ flex: '1 1 15rem', minWidth: 0 }}>
        <PersonLine person={mandate} detail={about} size={38} />
      </div>
      <Stack gap={2} align="flex-start" flex="0 1 15rem">
        <Group gap={6}>
          <Badge radius="sm" variant={role === 'chair' ? 'light' : 'default'}>
            {t(`role.${role}`)}
          </Badge>
          {state !== 'running' && (
            <Badge radius="sm" variant="light" color="gray">
              {t(`mandate.${state}`)}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {time}
        </Text>
      </Stack>
      {manages && state !== 'ended' && <MandateActions mandate={mandate} body={body} />}
    </Group>
  );
}

function useMandatesChanged() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: orpc.sharing.key() });
    return queries.invalidateQueries({ queryKey: orpc.governance.key() });
  };
}

function MandateActions({ mandate, body }: { mandate: Mandate; body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  const changed = useMandatesChanged();
  const [opened, { open, close }] = useDisclosure(false);
  const end = useMutation(
    orpc.governance.endMandate.mutationOptions({
      onSuccess: () => {
        sayDone(t('mandate.done', { name: mandate.name }));
        return changed();
      },
    }),
  );
  return (
    <Group gap="xs">
      <Button variant="default" size="xs" aria-label={t('mandate.changeOf', { name: mandate.name })} onClick={open}>
        {t('mandate.change')}
      </Button>
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
      <Modal
        opened={opened}
        onClose={close}
        title={t('mandate.changeTitle', { name: mandate.name })}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <ChangeForm mandate={mandate} body={body} onDone={close} />
      </Modal>
    </Group>
  );
}

function ChangeForm({ mandate, body, onDone }: { mandate: Mandate; body: Body; onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const changed = useMandatesChanged();
  const [role, setRole] = useState(mandate.role);
  const [until, setUntil] = useState(mandate.until ? lastDayOf(mandate.until) : null);
  const change = useMutation(
    orpc.governance.changeMandate.mutationOptions({
      onSuccess: () => {
        onDone();
        return changed();
      },
    }),
  );
  const save = () => change.mutate({ id: body.id, mandateId: mandate.id, role, until: until ? endOf(until) : null });
  return (
    <Stack gap="md">
      <Select
        label={t('mandate.role')}
        allowDeselect={false}
        data={MANDATE_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={role}
        onChange={(next) => setRole(MandateRole.parse(next))}
      />
      <UntilField label={say('until.label')} value={until} onChange={setUntil} w="100%" />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {say('cancel')}
        </Button>
        <Button loading={change.isPending} onClick={save}>
          {say('save')}
        </Button>
      </Group>
    </Stack>
  );
}
