import { MEETING_MODES, MeetingMode } from '@concert/domain/meetings/shapes.ts';
import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { messages } from '../messages.ts';
import { RoomField } from '../room/room-field.tsx';
import { asksFor, faultsOf, type MeetingValues, suggestedTitle } from './meeting-values.ts';
import { WhenFields } from './when-fields.tsx';
import { WorkspaceSelect } from './workspace-select.tsx';

type Props = {
  readonly initial: MeetingValues;
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly fixedBody?: boolean;
  /** Whether it was convened for its date already. */
  readonly fixedDate?: boolean;
  /** Whether the title follows the body and the day until somebody writes one. */
  readonly suggesting?: boolean;
  readonly submit: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSubmit: (values: MeetingValues) => void;
  readonly onCancel: () => void;
};

/** What a meeting is, when and where. A date may be found later, by asking everybody. */
export function MeetingForm({
  initial,
  bodies,
  fixedBody = false,
  fixedDate = false,
  suggesting = false,
  ...rest
}: Props) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const locale = useLocale();
  const nameOf = (id: string | null) => bodies.find((body) => body.id === id)?.name;
  const suggested = (values: MeetingValues) => suggestedTitle(locale, nameOf(values.bodyId), values.day);
  const [written, setWritten] = useState(!suggesting);
  const form = useForm({
    initialValues: suggesting ? { ...initial, title: suggested(initial) } : initial,
    validate: (values) =>
      Object.fromEntries(Object.entries(faultsOf(values)).map(([field, fault]) => [field, t(`valid.${fault}`)])),
  });
  const set = (changes: Partial<MeetingValues>) => {
    const values = { ...form.values, ...changes };
    form.setValues(written ? values : { ...values, title: suggested(values) });
  };
  const asked = asksFor(form.values.mode);
  return (
    <form noValidate onSubmit={form.onSubmit(rest.onSubmit)}>
      <Stack gap="md">
        {!fixedBody && (
          <Select
            data-autofocus
            label={t('form.body')}
            openOnFocus={false}
            searchable
            data={bodies.map(({ id, name }) => ({ value: id, label: name }))}
            value={form.values.bodyId}
            onChange={(bodyId) => set({ bodyId })}
            error={form.errors.bodyId}
          />
        )}
        <TextInput
          data-autofocus={fixedBody || undefined}
          label={t('form.title')}
          maxLength={200}
          {...form.getInputProps('title')}
          onChange={(event) => {
            setWritten(event.currentTarget.value !== '');
            form.setFieldValue('title', event.currentTarget.value);
          }}
        />
        <Select
          label={t('form.mode')}
          allowDeselect={false}
          data={MEETING_MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          value={form.values.mode}
          onChange={(mode) => set({ mode: MeetingMode.parse(mode) })}
        />
        <WhenFields
          values={form.values}
          errors={form.errors}
          severalDays={asked.days}
          fixed={fixedDate}
          onChange={set}
        />
        {asked.place && (
          <TextInput
            label={t('form.place')}
            placeholder={t('form.placeExample')}
            maxLength={300}
            {...form.getInputProps('place')}
          />
        )}
        {asked.room && <RoomField values={form.values} error={form.errors.roomUrl} onChange={set} />}
        <WorkspaceSelect value={form.values.workspaceId} onChange={(workspaceId) => set({ workspaceId })} />
        <Textarea
          label={t('form.note')}
          description={t('form.noteHelp')}
          maxLength={4_000}
          autosize
          minRows={2}
          maxRows={8}
          {...form.getInputProps('note')}
        />
        {rest.error ? (
          <Alert color="red" variant="light" role="alert">
            {explain(rest.error)}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={rest.onCancel}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={rest.busy}>
            {rest.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
