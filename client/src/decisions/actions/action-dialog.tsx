import type { ActionItem } from '@concert/domain/decisions/actions-api.ts';
import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import type { ActionDialogProps } from '../../platform/module.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client, orpc } from '../../platform/query.ts';
import { closesAloneOnEscape } from '../../ui/front-escape.ts';
import { sayDone } from '../../ui/notify.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';
import { useActionChange } from './queries.ts';

type Props = ActionDialogProps & {
  /** From which it comes. */
  readonly decisionId?: string;
  /** What is worded anew; without, something new is given. */
  readonly action?: ActionItem;
};

/** Gives somebody something to do, or words it anew. */
export function ActionDialog({ opened, onClose, ...rest }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(rest.action ? 'actions.edit' : 'actions.new')}
      closeButtonProps={{ 'aria-label': say('close') }}
      {...closesAloneOnEscape(onClose)}
    >
      <ActionForm onClose={onClose} {...rest} />
    </Modal>
  );
}

/** People with a mandate in the body that runs; and who has it now. */
function useOwners(bodyId: string, action: ActionItem | undefined) {
  const mandates = useQuery(orpc.governance.mandates.queryOptions({ input: { id: bodyId, limit: 200 } }));
  const running = (mandates.data?.items ?? []).filter(({ state }) => state === 'running');
  const names = new Map(running.map(({ personId, name }) => [personId, name]));
  if (action) names.set(action.owner.id, action.owner.name);
  return [...names].map(([value, label]) => ({ value, label }));
}

function ActionForm({ onClose, bodyId, decisionId, item, draft, action, onGiven }: Omit<Props, 'opened'>) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const owners = useOwners(bodyId, action);
  const [title, setTitle] = useState(action?.title ?? draft?.title ?? '');
  const [note, setNote] = useState(action?.note ?? '');
  const [chosenId, setOwner] = useState(action?.owner.id ?? draft?.ownerId ?? null);
  const [dueOn, setDue] = useState(action?.dueOn ?? draft?.dueOn ?? null);
  // Somebody who was proposed need not have a mandate.
  const ownerId = owners.some(({ value }) => value === chosenId) ? chosenId : null;
  const change = useActionChange(async (terms: { title: string; note: string; ownerId: string }): Promise<void> => {
    if (action) return void (await client.actions.update({ id: action.id, ...terms, dueOn }));
    const { id } = await client.actions.create({
      bodyId,
      ...terms,
      ...(dueOn ? { dueOn } : {}),
      ...(decisionId ? { decisionId } : {}),
      ...(item ? { meetingId: item.meetingId, itemId: item.itemId } : {}),
    });
    // At once, before anything is read again: the server puts it where it thinks best a moment later.
    onGiven?.(id);
  }, true);
  const whole = title.trim() !== '' && ownerId !== null;
  const submit = () => {
    if (ownerId === null || !whole) return;
    change.mutate(
      { title: title.trim(), note: note.trim(), ownerId },
      {
        onSuccess: () => {
          if (!action) sayDone(t('actions.form.given'));
          onClose();
        },
      },
    );
  };
  return (
    <Stack
      component="form"
      gap="md"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t('actions.form.title')}
        required
        data-autofocus
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Group align="flex-end" gap="sm">
        <Select
          flex="1 1 12rem"
          label={t('actions.form.owner')}
          required
          searchable
          data={owners}
          value={ownerId}
          onChange={setOwner}
        />
        <UntilField
          label={t('actions.form.due')}
          placeholder={t('actions.noDay')}
          w="11rem"
          value={dueOn}
          onChange={setDue}
        />
      </Group>
      <Textarea
        label={t('actions.form.note')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {item && (
        <Text size="sm" c="dimmed">
          {t('actions.form.item', { title: item.title })}
        </Text>
      )}
      {change.error && (
        <Alert color="red" variant="light" role="alert">
          {explain(change.error)}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {say('cancel')}
        </Button>
        <Button type="submit" disabled={!whole} loading={change.isPending}>
          {action ? say('save') : t('actions.form.give')}
        </Button>
      </Group>
    </Stack>
  );
}
