import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { useSession } from '../../platform/session.tsx';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';

/** E-mail and password. Who is signed in afterwards is the session's business. */
export function SignInForm({ email = '' }: { email?: string }) {
  const t = useText(messages);
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const { signIn } = useSession();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email, password: '' },
    validate: { email: checks.email, password: checks.filled },
  });
  const enter = useMutation({
    mutationFn: (values: { email: string; password: string }) => signIn(values.email, values.password),
    meta: { saidInPlace: true },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => enter.mutate(values))}>
      <Stack gap="md" mt="lg">
        {enter.isError && (
          <Alert color="red" role="alert" title={t('signIn.failed')}>
            {explain(enter.error)}
          </Alert>
        )}
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={enter.isPending}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
