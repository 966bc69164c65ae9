import { type AgendaItem, ITEM_KINDS, ItemKind, type Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { durationText, parseDuration } from '../logic/duration.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { PaperFields } from './papers.tsx';

type Props = { readonly meeting: Meeting; readonly item: AgendaItem | undefined; readonly onClose: () => void };

/** Everything about an item. Documents are attached at once, the rest when it is saved. */
export function ItemDialog({ meeting, item, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={item !== undefined}
      onClose={onClose}
      size="lg"
      title={t('item.changeTitle')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {item && <ItemForm key={item.id} meeting={meeting} item={item} onClose={onClose} />}
    </Modal>
  );
}

type Values = { title: string; kind: ItemKind; duration: string; presenterId: string | null; note: string };

function ItemForm({ meeting, item, onClose }: Props & { item: AgendaItem }) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const change = useChange(client.meetings.changeItem, { inPlace: true });
  const initialValues: Values = {
    title: item.title,
    kind: item.kind,
    duration: item.plannedSec > 0 ? durationText(item.plannedSec) : '',
    presenterId: item.presenterId ?? null,
    note: item.note,
  };
  const form = useForm({
    initialValues,
    validate: {
      title: (value) => (value.trim() ? null : t('valid.title')),
      duration: (value) => (value.trim() === '' || parseDuration(value) !== null ? null : t('valid.duration')),
    },
  });
  const submit = ({ title, kind, duration, presenterId, note }: Values) => {
    const values = { title: title.trim(), kind, presenterId, note: note.trim() };
    change.mutate(
      { id: meeting.id, itemId: item.id, ...values, plannedSec: parseDuration(duration) ?? 0 },
      { onSuccess: onClose },
    );
  };
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <TextInput data-autofocus label={t('form.title')} maxLength={200} {...form.getInputProps('title')} />
        <Group gap="sm" align="flex-start">
          <Select
            label={t('item.kind')}
            w="10rem"
            allowDeselect={false}
            data={ITEM_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={form.values.kind}
            onChange={(kind) => form.setFieldValue('kind', ItemKind.parse(kind))}
          />
          <TextInput
            label={t('item.duration')}
            placeholder={t('item.durationExample')}
            w="8rem"
            {...form.getInputProps('duration')}
          />
          <Select
            label={t('item.presenter')}
            flex="1 1 12rem"
            clearable
            clearButtonProps={{ 'aria-label': t('item.noPresenter') }}
            searchable
            data={meeting.attendees.map(({ personId, name }) => ({ value: personId, label: name }))}
            {...form.getInputProps('presenterId')}
          />
        </Group>
        <Textarea
          label={t('item.note')}
          description={t('item.noteHelp')}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4_000}
          {...form.getInputProps('note')}
        />
        {meeting.me.conducts && <PaperFields item={item} meeting={meeting} />}
        {change.isError && (
          <Alert color="red" variant="light" role="alert">
            {explain(change.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
