import type { GivableSeat } from '@concert/domain/meetings/proxies-api.ts';
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { dayOf } from '../../platform/sharing/ends.ts';
import { sayDone } from '../../ui/notify.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';
import { useGivePeriod } from './queries.ts';

type Props = {
  readonly seats: readonly GivableSeat[];
  readonly bodyId?: string | undefined;
  readonly onClose: () => void;
};

/** Puts the reader's vote into the hands of another for a time, in all meetings of a body [M50]. */
export function GivePeriodDialog({ opened, ...form }: Props & { opened: boolean }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={form.onClose}
      title={t('period.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <GiveForm {...form} />
    </Modal>
  );
}

function GiveForm({ seats, bodyId, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const give = useGivePeriod();
  const first = seats.find((one) => one.bodyId === bodyId) ?? seats[0];
  const [seatId, setSeat] = useState<string | null>(first?.seatId ?? null);
  const [toId, setTo] = useState<string | null>(null);
  const [fromDay, setFrom] = useState<string | null>(dayOf(Date.now()));
  const [untilDay, setUntil] = useState<string | null>(null);
  const seat = seats.find((one) => one.seatId === seatId);
  const receivers = seat?.receivers ?? [];
  const ready = seat && toId && fromDay && untilDay;
  const submit = () => {
    if (!ready) return;
    const name = receivers.find(({ id }) => id === toId)?.name ?? '';
    give.mutate(
      { bodyId: seat.bodyId, seatId: seat.seatId, toId, fromDay, untilDay },
      {
        onSuccess: () => {
          sayDone(t('proxy.done', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('period.detail')}</Text>
        <Select
          data-autofocus={seats.length > 1 || undefined}
          label={t('period.for')}
          allowDeselect={false}
          data={seats.map((one) => ({
            value: one.seatId,
            label: one.title ? `${one.bodyName} — ${one.title}` : one.bodyName,
          }))}
          value={seatId}
          onChange={(next) => {
            setSeat(next);
            setTo(null);
          }}
        />
        <Select
          data-autofocus={seats.length === 1 || undefined}
          label={t('proxy.to')}
          openOnFocus={false}
          searchable
          data={receivers.map(({ id, name }) => ({ value: id, label: name }))}
          value={toId}
          onChange={setTo}
          nothingFoundMessage={t('proxy.nobody')}
        />
        <Group gap="sm" align="flex-start">
          <UntilField
            label={t('period.from')}
            placeholder={t('period.choose')}
            value={fromDay}
            onChange={(day) => {
              setFrom(day);
              if (day && untilDay && untilDay < day) setUntil(null);
            }}
          />
          <UntilField
            label={t('period.until')}
            placeholder={t('period.choose')}
            value={untilDay}
            onChange={setUntil}
            {...(fromDay ? { from: fromDay } : {})}
          />
        </Group>
        {give.isError && (
          <Alert color="red" variant="light" role="alert">
            {explain(give.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={give.isPending}>
            {t('proxy.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
