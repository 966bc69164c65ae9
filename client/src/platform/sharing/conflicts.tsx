import type { DenialItem } from '@concert/domain/access/api.ts';
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconScale } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Rows } from '../../ui/rows.tsx';
import { useFormat } from '../format.ts';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { useProblemText } from '../problem-text.ts';
import { useMe } from '../session.tsx';
import { messages } from './messages.ts';
import { routesOf, type Subject, useRightsChanged } from './subject.ts';

/** Declared conflicts of interest: owners see and lift them, everybody may declare their own. */
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

/** Declares the reader's own conflict of interest, which takes their access away at once. */
function DeclareOwn({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  const explain = useProblemText();
  const changed = useRightsChanged();
  const [opened, { open, close }] = useDisclosure(false);
  const [note, setNote] = useState('');
  const declare = useMutation(
    routesOf(subject).deny.mutationOptions({
      onSuccess: () => {
        sayDone(t('conflict.declared'));
        close();
        return changed();
      },
      meta: { saidInPlace: true },
    }),
  );
  const principal = { type: 'person' as const, id: me.id };
  return (
    <>
      <Button variant="default" leftSection={<IconScale size={17} stroke={1.7} aria-hidden />} onClick={open}>
        {t('conflict.declare')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('conflict.declareTitle')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t(`conflict.consequence.${subject.kind}`)}</Text>
          <Text size="sm">{t('conflict.who')}</Text>
          {declare.isError && (
            <Alert color="red" role="alert">
              {explain(declare.error)}
            </Alert>
          )}
          <Textarea
            data-autofocus
            label={t('conflict.note')}
            description={t('conflict.noteHelp')}
            maxLength={500}
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button
              color="red"
              loading={declare.isPending}
              onClick={() =>
                declare.mutate({ id: subject.id, principal, ...(note.trim() ? { note: note.trim() } : {}) })
              }
            >
              {t('conflict.submit')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
