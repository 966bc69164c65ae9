import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { mailVerification } from '../../platform/auth.ts';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { problemOf } from '../../platform/query.ts';
import { useSession } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';

/** E-mail and password. Who is signed in afterwards is the session's business. */
export function SignInForm({ email = '' }: { email?: string }) {
  const t = useText(messages);
  const checks = useCredentialChecks();
  const { signIn } = useSession();
  const form = useForm({
    initialValues: { email, password: '' },
    validate: { email: checks.email, password: checks.filled },
  });
  const enter = useMutation({
    mutationFn: (values: { email: string; password: string }) => signIn(values.email, values.password),
    meta: { saidInPlace: true },
  });
  const typed = form.values.email.trim();
  return (
    <form noValidate onSubmit={form.onSubmit((values) => enter.mutate(values))}>
      <Stack gap="md" mt="lg">
        {enter.isError && <Refused error={enter.error} email={typed} />}
        <TextInput label={t('signIn.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={enter.isPending}>
          {t('signIn.submit')}
        </Button>
        <Anchor
          component={Link}
          to={typed ? `/forgot-password?email=${encodeURIComponent(typed)}` : '/forgot-password'}
          size="sm"
        >
          {t('signIn.forgot')}
        </Anchor>
      </Stack>
    </form>
  );
}

/** Why somebody does not get in; who only has to confirm the address can have the link sent again. */
function Refused({ error, email }: { error: unknown; email: string }) {
  const t = useText(messages);
  const explain = useProblemText();
  const again = useMutation({
    mutationFn: () => mailVerification(email),
    onSuccess: () => sayDone(t('mailbox.sent')),
  });
  const unverified = problemOf(error).reason === 'email-not-verified';
  return (
    <Alert color={unverified ? 'yellow' : 'red'} role="alert" title={t('signIn.failed')}>
      {explain(error)}
      {unverified && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          display="block"
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {t('signIn.resend')}
        </Button>
      )}
    </Alert>
  );
}
