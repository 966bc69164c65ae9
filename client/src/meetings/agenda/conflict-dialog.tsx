import { isOpenNotice } from '@concert/domain/meetings/conflicts.ts';
import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';

type Props = { readonly meeting: Meeting; readonly item: AgendaItem; readonly onClose: () => void };

/** Declares a conflict of interest in an item, or reports somebody else's [M10] [M60]. */
export function ConflictDialog({ opened, ...props }: Props & { opened: boolean }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t('conflict.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <ConflictForm {...props} />
    </Modal>
  );
}

function ConflictForm({ meeting, item, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const { id: myId } = useMe();
  const called = meeting.attendees.some(({ personId }) => personId === myId);
  const declared = meeting.conflicts.some(
    (one) => one.itemId === item.id && one.personId === myId && !one.lifted && !isOpenNotice(one),
  );
  const mine = called && !declared;
  const [personId, setPerson] = useState<string | null>(mine ? myId : null);
  const [note, setNote] = useState('');
  const declare = useChange(client.meetings.declareConflict, { inPlace: true });
  const others = meeting.attendees.filter((one) => one.personId !== myId);
  const people = [
    ...(mine ? [{ value: myId, label: t('conflict.myself') }] : []),
    ...others.map((one) => ({ value: one.personId, label: one.name })),
  ];
  const notice = personId !== null && personId !== myId && !meeting.me.conducts;
  const ready = personId && !(notice && !note.trim());
  const submit = () => {
    if (!ready) return;
    const whose = personId === myId ? {} : { personId };
    declare.mutate(
      { id: meeting.id, itemId: item.id, ...whose, ...(note.trim() ? { note: note.trim() } : {}) },
      {
        onSuccess: () => {
          sayDone(t(notice ? 'reported.done' : 'conflict.done'));
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
        <Text size="sm">{t(notice ? 'reported.help' : 'conflict.detail', { title: item.title })}</Text>
        <Select
          data-autofocus
          label={t('conflict.person')}
          openOnFocus={false}
          searchable
          data={people}
          value={personId}
          onChange={setPerson}
        />
        <Textarea
          label={t('conflict.note')}
          description={t('conflict.noteHelp')}
          required={notice}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={4_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {declare.isError && (
          <Alert color="red" variant="light" role="alert">
            {explain(declare.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={declare.isPending}>
            {t(notice ? 'reported.submit' : 'conflict.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
