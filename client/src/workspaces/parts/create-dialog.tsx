import { WorkspaceName } from '@concert/domain/workspaces/api.ts';
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';

// Opened from the navigation, the home page and the palette alike, so its state belongs to none of them.
const listeners = new Set<() => void>();
let opened = false;

function setOpened(next: boolean): void {
  opened = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens the dialog that creates a workspace, from anywhere inside the shell. */
export const openCreateWorkspace = (): void => setOpened(true);

/** Mounted once, inside the shell. */
export function CreateWorkspaceDialog() {
  const t = useText(messages);
  const say = useText(common);
  const isOpen = useSyncExternalStore(subscribe, () => opened);
  const close = () => setOpened(false);
  return (
    <Modal opened={isOpen} onClose={close} title={t('create.title')} closeButtonProps={{ 'aria-label': say('close') }}>
      <CreateForm onDone={close} />
    </Modal>
  );
}

function CreateForm({ onDone }: { onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', description: '' },
    validate: { name: (value) => (WorkspaceName.safeParse(value).success ? null : t('valid.name')) },
  });
  const create = useMutation(
    orpc.workspaces.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: orpc.workspaces.list.key() });
        onDone();
        sayDone(t('create.done'));
        void navigate(`/workspaces/${id}`);
      },
    }),
  );
  return (
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('create.name')}
          placeholder={t('create.namePlaceholder')}
          maxLength={120}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Textarea
          label={t('create.description')}
          description={t('create.descriptionHelp')}
          maxLength={500}
          autosize
          minRows={2}
          maxRows={6}
          key={form.key('description')}
          {...form.getInputProps('description')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
