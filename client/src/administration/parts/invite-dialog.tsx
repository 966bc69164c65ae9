import { Email, LOCALES, Locale, type PlatformRole } from '@concert/contract';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { orpc } from '../../platform/query.ts';
import { LANGUAGE_NAMES } from '../../platform/shell/preference-menus.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { PlatformRoleSelect } from './platform-role-select.tsx';

type Props = { readonly opened: boolean; readonly onClose: () => void };
type Values = { email: string; name: string; platformRole: PlatformRole; locale: Locale };

/** Invites somebody to the installation: they choose a password by the link in their mail. */
export function InviteDialog({ opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('invite.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <InviteForm onDone={onClose} />
    </Modal>
  );
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const locale = useLocale();
  const explain = useProblemText();
  const queries = useQueryClient();
  const initialValues: Values = { email: '', name: '', platformRole: 'member', locale };
  const form = useForm({
    initialValues,
    validate: {
      email: (value) => (Email.safeParse(value.trim()).success ? null : t('valid.email')),
      name: (value) => (value.trim() ? null : t('valid.name')),
    },
  });
  const invite = useMutation(
    orpc.administration.invite.mutationOptions({
      onSuccess: ({ name }) => {
        sayDone(t('invite.done', { name }));
        void queries.invalidateQueries({ queryKey: orpc.administration.people.key() });
        onDone();
      },
      onError: (error) => form.setFieldError('email', explain(error)),
      meta: { saidInPlace: true },
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        invite.mutate({ ...values, email: values.email.trim(), name: values.name.trim() }),
      )}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('invite.email')}
          description={t('invite.help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="email"
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <TextInput label={t('invite.name')} maxLength={120} autoComplete="off" {...form.getInputProps('name')} />
        <PlatformRoleSelect
          label={t('people.role')}
          value={form.values.platformRole}
          onChange={(role) => form.setFieldValue('platformRole', role)}
        />
        <Select
          label={t('invite.locale')}
          allowDeselect={false}
          data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={form.values.locale}
          onChange={(next) => form.setFieldValue('locale', Locale.parse(next))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t('invite.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
