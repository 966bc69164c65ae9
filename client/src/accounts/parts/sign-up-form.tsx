import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { messages } from '../messages.ts';
import { useCredentialChecks } from './credentials.ts';
import { NewPassword } from './new-password.tsx';

export type NewAccount = { readonly name: string; readonly email: string; readonly password: string };

type Props = {
  readonly action: string;
  readonly onSubmit: (account: NewAccount) => Promise<unknown>;
  readonly email?: string;
  readonly emailHelp?: string;
};

/** Name, e-mail and password of a new person. */
export function SignUpForm({ action, onSubmit, email = '', emailHelp }: Props) {
  const t = useText(messages);
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const form = useForm({
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
        <TextInput label={t('signUp.name')} autoComplete="name" maxLength={120} {...form.getInputProps('name')} />
        <TextInput
          label={t('signIn.email')}
          description={emailHelp}
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <NewPassword
          known={[form.values.name, form.values.email]}
          {...form.getInputProps('password')}
          value={form.values.password}
        />
        <Button type="submit" size="md" loading={create.isPending}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
