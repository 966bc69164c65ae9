import { Alert, Badge, Button, Checkbox, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconMailQuestion } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { changeEmail, changePassword, mailVerification, SESSIONS_KEY } from '../../platform/auth.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { orpc, problemOf } from '../../platform/query.ts';
import { useMe, useSession } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';
import { NewPassword } from './new-password.tsx';

/** The address and the password by which the person signs in. */
export function SecurityForm() {
  return (
    <Stack gap="2.5rem">
      <AddressSection />
      <PasswordSection />
    </Stack>
  );
}

function AddressSection() {
  const t = useText(messages);
  const me = useMe();
  const [changing, { open, close }] = useDisclosure(false);
  const asked = me.pendingEmail;
  const opener = useRef<HTMLButtonElement>(null);
  const wasChanging = useRef(false);
  // The form goes, and the focus with it unless it is given back to what opened it.
  useEffect(() => {
    if (wasChanging.current && !changing) opener.current?.focus();
    wasChanging.current = changing;
  }, [changing]);
  const { refresh } = useSession();
  const withdraw = useMutation(
    orpc.accounts.withdrawEmail.mutationOptions({
      onSuccess: async () => {
        sayDone(t('security.emailWithdrawn', { email: me.email }));
        await refresh();
      },
    }),
  );
  const confirm = useMutation({
    mutationFn: () => mailVerification(me.email),
    onSuccess: () => sayDone(t('security.confirmSent', { email: me.email })),
  });
  return (
    <Section title={t('security.email')} detail={t('security.emailDetail')}>
      <Group justify="space-between" gap="sm">
        <Group gap="xs" miw={0}>
          <Text fw={560} style={{ overflowWrap: 'anywhere' }}>
            {me.email}
          </Text>
          <Badge variant={me.emailVerified ? 'light' : 'default'} color={me.emailVerified ? undefined : 'yellow'}>
            {me.emailVerified ? t('security.verified') : t('security.unverified')}
          </Badge>
        </Group>
        {!changing && (
          <Button ref={opener} variant="default" onClick={open}>
            {t('security.changeEmail')}
          </Button>
        )}
      </Group>
      {!me.emailVerified && (
        <Button variant="light" size="xs" mt="sm" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('security.confirm')}
        </Button>
      )}
      {asked && (
        <Alert
          mt="md"
          role="status"
          icon={<IconMailQuestion aria-hidden />}
          title={t('security.emailAsked', { email: asked })}
        >
          {t('security.emailAskedDetail', { current: me.email })}
          <Button
            variant="default"
            size="xs"
            mt="sm"
            display="block"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({})}
          >
            {t('security.emailWithdraw')}
          </Button>
        </Alert>
      )}
      {changing && (
        <AddressForm
          onCancel={close}
          onAsked={() => {
            close();
            void refresh();
          }}
        />
      )}
    </Section>
  );
}

function AddressForm({ onCancel, onAsked }: { onCancel: () => void; onAsked: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const form = useForm({
    initialValues: { newEmail: '', currentPassword: '' },
    validate: { newEmail: checks.email, currentPassword: checks.filled },
  });
  const change = useMutation({
    mutationFn: ({ newEmail, currentPassword }: { newEmail: string; currentPassword: string }) =>
      changeEmail(newEmail, currentPassword),
    onSuccess: onAsked,
    onError: (error) => form.setFieldError(fieldOf(error) ?? 'newEmail', explain(error)),
    meta: { saidInPlace: true },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack gap="md" mt="lg">
        <TextInput
          ref={first}
          label={t('security.newEmail')}
          type="email"
          autoComplete="email"
          {...form.getInputProps('newEmail')}
        />
        <PasswordInput
          label={t('security.currentForEmail')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          {...form.getInputProps('currentPassword')}
        />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('security.changeEmail')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The field that a refusal is about: the password that was asked for, or the new one. */
function fieldOf(error: unknown): 'currentPassword' | 'newPassword' | undefined {
  const { reason } = problemOf(error);
  if (reason === 'invalid-password' || reason === 'wrong-password') return 'currentPassword';
  return reason.startsWith('password-') ? 'newPassword' : undefined;
}

const EMPTY = { currentPassword: '', newPassword: '', revokeOtherSessions: true, revokeTokens: false };

function PasswordSection() {
  const t = useText(messages);
  const explain = useProblemText();
  const me = useMe();
  const queries = useQueryClient();
  const checks = useCredentialChecks();
  const form = useForm({
    initialValues: EMPTY,
    validate: { currentPassword: checks.filled, newPassword: checks.password },
  });
  const change = useMutation({
    mutationFn: (values: typeof EMPTY) => changePassword(values),
    onSuccess: () => {
      form.reset();
      sayDone(t('security.passwordChanged'));
      void queries.invalidateQueries({ queryKey: orpc.accounts.tokens.key() });
      return queries.invalidateQueries({ queryKey: SESSIONS_KEY });
    },
    onError: (error) => form.setFieldError(fieldOf(error) ?? 'newPassword', explain(error)),
    meta: { saidInPlace: true },
  });
  return (
    <Section title={t('security.password')} detail={t('security.passwordDetail')}>
      <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <Stack gap="md">
          {/* Password managers file the new password under the address that stands in the same form. */}
          <input type="text" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            {...form.getInputProps('currentPassword')}
          />
          <NewPassword
            known={[me.name, me.email]}
            label={t('password.new')}
            {...form.getInputProps('newPassword')}
            value={form.values.newPassword}
          />
          <Checkbox label={t('security.others')} {...form.getInputProps('revokeOtherSessions', { type: 'checkbox' })} />
          <Checkbox label={t('security.tokens')} {...form.getInputProps('revokeTokens', { type: 'checkbox' })} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('security.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
