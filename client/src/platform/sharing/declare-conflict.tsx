import { Email } from '@concert/contract';
import { Alert, Button, Group, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconScale } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sayDone } from '../../ui/notify.ts';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { useProblemText } from '../problem-text.ts';
import { useMe } from '../session.tsx';
import { Grantee } from './grantee.tsx';
import { messages } from './messages.ts';
import { routesOf, type Subject, useRightsChanged } from './subject.ts';

const MAX_NOTE = 500;

/** Declares the reader's own conflict of interest, which takes their access away at once. */
export function DeclareOwn({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
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
        <OwnForm subject={subject} onDone={close} />
      </Modal>
    </>
  );
}

type FormProps = { readonly subject: Subject; readonly onDone: () => void };

function OwnForm({ subject, onDone }: FormProps) {
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  const explain = useProblemText();
  const changed = useRightsChanged();
  const [note, setNote] = useState('');
  const declare = useMutation(
    routesOf(subject).deny.mutationOptions({
      onSuccess: () => {
        sayDone(t('conflict.declared'));
        onDone();
        return changed();
      },
      meta: { saidInPlace: true },
    }),
  );
  const submit = () => declare.mutate({ id: subject.id, principal: { type: 'person', id: me.id }, ...noted(note) });
  return (
    <Stack gap="md">
      <Text size="sm">{t(`conflict.consequence.${subject.kind}`)}</Text>
      <Text size="sm">{t('conflict.who')}</Text>
      {declare.isError && (
        <Alert color="red" role="alert">
          {explain(declare.error)}
        </Alert>
      )}
      <NoteField value={note} onChange={setNote} autoFocus />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {say('cancel')}
        </Button>
        <Button color="red" loading={declare.isPending} onClick={submit}>
          {t('conflict.submit')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Declares the conflict of interest of somebody else, or of a whole organisation: for owners. */
export function DeclareOther({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="subtle" onClick={open}>
        {t('conflict.other')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('conflict.otherTitle')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <OtherForm subject={subject} onDone={close} />
      </Modal>
    </>
  );
}

type OtherValues = { type: 'person' | 'organisation'; who: string; note: string };
const TYPES = ['person', 'organisation'] as const;
const NOBODY: OtherValues = { type: 'person', who: '', note: '' };

function OtherForm({ subject, onDone }: FormProps) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const changed = useRightsChanged();
  const form = useForm({
    initialValues: NOBODY,
    validate: {
      who: (value, { type }) => {
        if (type === 'organisation') return value ? null : t('valid.choose');
        return Email.safeParse(value.trim()).success ? null : t('valid.email');
      },
    },
  });
  const declare = useMutation(
    routesOf(subject).deny.mutationOptions({
      onSuccess: ({ principal }) => {
        sayDone(t('conflict.otherDeclared', { name: principal.name }));
        onDone();
        return changed();
      },
      onError: (error) => form.setFieldError('who', explain(error)),
      meta: { saidInPlace: true },
    }),
  );
  const submit = ({ type, who, note }: OtherValues) =>
    declare.mutate({
      id: subject.id,
      principal: type === 'person' ? { type, email: who.trim() } : { type, id: who },
      ...noted(note),
    });
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <Text size="sm">{t(`conflict.otherConsequence.${subject.kind}`)}</Text>
        <SegmentedControl
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('conflict.otherType')}
          value={form.values.type}
          onChange={(type) => form.setValues({ type, who: '' })}
          data={TYPES.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        />
        <Grantee type={form.values.type} {...form.getInputProps('who')} value={form.values.who} />
        <NoteField value={form.values.note} onChange={(note) => form.setFieldValue('note', note)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" color="red" loading={declare.isPending}>
            {t('conflict.otherSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const noted = (note: string): { note?: string } => (note.trim() ? { note: note.trim() } : {});

type NoteProps = { readonly value: string; readonly onChange: (note: string) => void; readonly autoFocus?: boolean };

function NoteField({ value, onChange, autoFocus = false }: NoteProps) {
  const t = useText(messages);
  return (
    <Textarea
      data-autofocus={autoFocus || undefined}
      label={t('conflict.note')}
      description={t('conflict.noteHelp')}
      maxLength={MAX_NOTE}
      autosize
      minRows={2}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
