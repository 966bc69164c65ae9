import { LINK_SECONDS } from '@concert/domain/accounts/rules.ts';
import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { mailReset } from '../platform/auth.ts';
import { useText } from '../platform/i18n.ts';
import { useProblemText } from '../platform/problem-text.ts';
import { Front } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';
import { useCredentialChecks } from './parts/credentials.ts';
import { Mailbox } from './parts/mailbox.tsx';

/** `/forgot-password?email=`: asks for the link by which a new password is chosen. Tells nobody who has an account. */
export function Page() {
  const t = useText(messages);
  const [search] = useSearchParams();
  const [sentTo, setSentTo] = useState<string>();
  if (sentTo) {
    return (
      <Front title={t('mailbox.title')}>
        <Mailbox
          detail={t('forgot.sentDetail', { email: sentTo, minutes: LINK_SECONDS.reset / 60 })}
          onAgain={() => mailReset(sentTo)}
          onOther={() => setSentTo(undefined)}
        />
        <BackToSignIn />
      </Front>
    );
  }
  return (
    <Front title={t('forgot.title')} detail={t('forgot.detail')}>
      <AddressForm email={search.get('email') ?? ''} onSent={setSentTo} />
      <BackToSignIn />
    </Front>
  );
}

function AddressForm({ email, onSent }: { email: string; onSent: (email: string) => void }) {
  const t = useText(messages);
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const form = useForm({ initialValues: { email }, validate: { email: checks.email } });
  const send = useMutation({
    mutationFn: (to: string) => mailReset(to),
    onSuccess: (_nothing, to) => onSent(to.trim()),
    meta: { saidInPlace: true },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => send.mutate(values.email))}>
      <Stack gap="md" mt="lg">
        {send.isError && (
          <Alert color="red" role="alert" title={t('forgot.failed')}>
            {explain(send.error)}
          </Alert>
        )}
        <TextInput label={t('signIn.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
        <Button type="submit" size="md" loading={send.isPending}>
          {t('forgot.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function BackToSignIn() {
  const t = useText(messages);
  return (
    <Anchor component={Link} to="/sign-in" size="sm" mt="lg" display="inline-block">
      {t('forgot.back')}
    </Anchor>
  );
}
