import type { Organisation } from '@concert/domain/organisations/api.ts';
import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { orpc } from '../platform/query.ts';
import { sayDone } from '../ui/notify.ts';
import { messages } from './messages.ts';

type Props = { readonly organisation: Organisation; readonly opened: boolean; readonly onClose: () => void };

/** The end of an address, as the contract takes it: `chu-exemple.fr`. */
const DOMAIN = /^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/;

/** Verifies an organisation, and names the domain whose addresses make somebody its member. */
export function ManageDialog({ organisation, opened, onClose }: Props) {
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={organisation.name}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <ManageForm organisation={organisation} onDone={onClose} />
    </Modal>
  );
}

function ManageForm({ organisation, onDone }: Omit<Props, 'opened' | 'onClose'> & { onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { verified: organisation.state === 'verified', domain: organisation.domain ?? '' },
    validate: { domain: (value) => (value.trim() === '' || DOMAIN.test(plain(value)) ? null : t('valid.domain')) },
  });
  const save = useMutation(
    orpc.organisations.update.mutationOptions({
      onSuccess: () => {
        sayDone(t('manage.saved', { name: organisation.name }));
        onDone();
        return queries.invalidateQueries({ queryKey: orpc.organisations.key() });
      },
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ verified, domain }) =>
        save.mutate({
          id: organisation.id,
          state: verified ? 'verified' : 'pending',
          domain: plain(domain) || null,
        }),
      )}
    >
      <Stack gap="md">
        <Switch
          label={t('manage.verified')}
          description={t('manage.verifiedHelp')}
          {...form.getInputProps('verified', { type: 'checkbox' })}
        />
        <TextInput
          label={t('manage.domain')}
          description={t('manage.domainHelp')}
          placeholder="chu-exemple.fr"
          maxLength={253}
          autoComplete="off"
          {...form.getInputProps('domain')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A domain as it is compared: small letters, without the sign before it. */
const plain = (domain: string): string => domain.trim().toLowerCase().replace(/^@/, '');
