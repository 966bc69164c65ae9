import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';

export type NewAccount = { readonly name: string; readonly email: string; readonly password: string };

type Props = {
  readonly action: string;
  readonly onSubmit: (account: NewAccount) => Promise<void>;
  readonly email?: string;
  readonly emailHelp?: string;
};

/** Name, e-mail and password of a new person. */
export function SignUpForm({ action, onSubmit, email = '', emailHelp }: Props) {
  const t = useText(messages);
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email, password: '' },
    validate: { name: checks.name, email: checks.email, password: checks.password },
  });
  const create = useMutation({ mutationFn: onSubmit, meta: { saidInPlace: true } });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Stack gap="md" mt="lg">
        {create.isError && (
          <Alert color="red" role="alert" title={t('signUp.failed')}>
            {explain(create.error)}
          </Alert>
        )}
        <TextInput
          label={t('signUp.name')}
          autoComplete="name"
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('signIn.email')}
          description={emailHelp}
          type="email"
          autoComplete="username"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          description={t('signUp.passwordHelp')}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={create.isPending}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
