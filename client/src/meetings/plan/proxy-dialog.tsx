import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client, orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { agendaParts } from '../logic/agenda.ts';
import { openProxies, proxyReceivers } from '../logic/people.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { useNames } from '../use-names.ts';

type Props = { readonly meeting: Meeting; readonly onClose: () => void };

/** Puts the reader's vote into the hands of another who votes, for the meeting or one item of it. */
export function ProxyDialog({ meeting, opened, onClose }: Props & { opened: boolean }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal opened={opened} onClose={onClose} title={t('proxy.title')} closeButtonProps={{ 'aria-label': say('close') }}>
      <ProxyForm meeting={meeting} onClose={onClose} />
    </Modal>
  );
}

function ProxyForm({ meeting, onClose }: Props) {
  const t = useText(messages);
  const explain = useProblemText();
  const { id: myId } = useMe();
  const { nameOf, itemOf } = useNames(meeting);
  const given = openProxies(meeting.proxies).filter(
    ({ itemId, period }) => itemId === undefined && period === undefined,
  );
  const free = meeting.me.seatIds.filter((seatId) => !given.some((one) => one.seatId === seatId));
  const [toId, setTo] = useState<string | null>(null);
  const [itemId, setItem] = useState<string | null>(null);
  const [seatId, setSeat] = useState<string | null>(free[0] ?? null);
  const give = useChange(client.meetings.giveProxy, { inPlace: true });
  const submit = (receiver: string) =>
    give.mutate(
      { id: meeting.id, toId: receiver, ...(itemId ? { itemId } : {}), ...(seatId ? { seatId } : {}) },
      {
        onSuccess: () => {
          sayDone(t('proxy.done', { name: nameOf(receiver) }));
          onClose();
        },
      },
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (toId) submit(toId);
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('proxy.detail')}</Text>
        {free.length > 1 && <SeatSelect meeting={meeting} free={free} value={seatId} onChange={setSeat} />}
        <Select
          data-autofocus={free.length <= 1 || undefined}
          label={t('proxy.to')}
          openOnFocus={false}
          searchable
          data={proxyReceivers(meeting, myId).map(({ personId, name, seatTitle }) => ({
            value: personId,
            label: seatTitle ? `${name} — ${seatTitle}` : name,
          }))}
          value={toId}
          onChange={setTo}
          nothingFoundMessage={t('proxy.nobody')}
        />
        <Select
          label={t('proxy.scope')}
          allowDeselect={false}
          data={[
            { value: '', label: t('proxy.whole') },
            ...agendaParts(meeting.agenda).listed.map(({ id }) => ({ value: id, label: itemOf(id) })),
          ]}
          value={itemId ?? ''}
          onChange={(id) => setItem(id || null)}
        />
        {give.isError && (
          <Alert color="red" variant="light" role="alert">
            {explain(give.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('proxy.without')}
          </Button>
          <Button type="submit" disabled={!toId} loading={give.isPending}>
            {t('proxy.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type SeatProps = {
  readonly meeting: Meeting;
  readonly free: readonly string[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
};

/** For which of several seats: their titles are kept by the body. */
function SeatSelect({ meeting, free, value, onChange }: SeatProps) {
  const t = useText(messages);
  const seats = useQuery(
    orpc.governance.seats.queryOptions({
      input: { id: meeting.bodyId, ...(meeting.startAt ? { at: meeting.startAt } : {}) },
    }),
  );
  const titleOf = (id: string) => seats.data?.items.find((seat) => seat.id === id)?.title ?? id;
  return (
    <Select
      data-autofocus
      label={t('proxy.seat')}
      allowDeselect={false}
      data={free.map((id) => ({ value: id, label: titleOf(id) }))}
      value={value}
      onChange={onChange}
    />
  );
}
