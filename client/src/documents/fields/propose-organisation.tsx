import { ORGANISATION_KINDS, type OrganisationKind } from '@concert/domain/organisations/api.ts';
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { sayProblem } from '../../ui/notify.ts';
import { messages } from '../messages.ts';

type Props = {
  /** What was looked for in vain; undefined while nothing is proposed. */
  readonly name: string | undefined;
  readonly onProposed: (id: string) => void;
  readonly onClose: () => void;
};

/** Asks what an organisation is before it is proposed: its kind decides what it may do later. */
export function ProposeOrganisation({ name, onProposed, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={name !== undefined}
      onClose={onClose}
      title={t('organisation.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {name !== undefined && <ProposeForm name={name} onProposed={onProposed} onClose={onClose} />}
    </Modal>
  );
}

function ProposeForm({ name, onProposed, onClose }: Props & { readonly name: string }) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const [typed, setTyped] = useState(name);
  const [kind, setKind] = useState<OrganisationKind | null>(null);
  const propose = useMutation(
    orpc.organisations.create.mutationOptions({
      onSuccess: ({ id }) => {
        onProposed(id);
        void queries.invalidateQueries({ queryKey: orpc.organisations.key() });
        onClose();
      },
      onError: (error) => sayProblem(error, t('fields.organisationFailed')),
    }),
  );
  const ready = kind !== null && typed.trim().length >= 2;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind && ready) propose.mutate({ name: typed.trim(), kind });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('organisation.detail')}
        </Text>
        <TextInput
          label={t('organisation.name')}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          data-autofocus
          label={t('organisation.kind')}
          placeholder={t('fields.choose')}
          allowDeselect={false}
          withAsterisk
          data={ORGANISATION_KINDS.map((each) => ({ value: each, label: say(`organisationKind.${each}`) }))}
          value={kind}
          onChange={(next) => setKind(ORGANISATION_KINDS.find((each) => each === next) ?? null)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={propose.isPending}>
            {t('organisation.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
