import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { confirmAddress } from '../platform/auth.ts';
import { useText } from '../platform/i18n.ts';
import { useLinkSecret } from '../platform/link-secret.ts';
import { useProblemText } from '../platform/problem-text.ts';
import { problemOf } from '../platform/query.ts';
import { useSession } from '../platform/session.tsx';
import { Front } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';
import { IncompleteLink, NewLink } from './parts/incomplete-link.tsx';

/** `/verify-email#secret`: shows that the address of a new account is the person's own. */
export const Page = () => <ConfirmPage of="account" />;

/** The page of a link that confirms an address. Opening it does nothing: mail programs open links by themselves. */
export function ConfirmPage({ of }: { of: 'account' | 'change' }) {
  const t = useText(messages);
  const token = useLinkSecret();
  if (!token) {
    return (
      <Front title={t('link.missing')} detail={t('link.missingDetail')}>
        <IncompleteLink />
      </Front>
    );
  }
  return <Confirm key={token} of={of} token={token} />;
}

function Confirm({ of, token }: { of: 'account' | 'change'; token: string }) {
  const t = useText(messages);
  const explain = useProblemText();
  const session = useSession();
  const confirm = useMutation({
    mutationFn: () => confirmAddress(of, token),
    onSuccess: () => session.refresh(),
    meta: { saidInPlace: true },
  });
  const verb = of === 'account' ? 'verify' : 'verify.change';
  if (confirm.isSuccess) {
    const { email } = confirm.data;
    const inside = session.state === 'signed-in';
    return (
      <Front title={t('verify.done')}>
        <Text mt="md">{email ? t('verify.doneDetail', { email }) : t('verify.doneNoAddress')}</Text>
        <Button
          component={Link}
          to={inside ? '/' : `/sign-in${email ? `?email=${encodeURIComponent(email)}` : ''}`}
          size="md"
          fullWidth
          mt="lg"
        >
          {inside ? t('verify.go') : t('signIn.submit')}
        </Button>
      </Front>
    );
  }
  return (
    <Front title={t(`${verb}.title`)} detail={t(`${verb}.detail`)}>
      <Stack gap="md" mt="lg">
        {confirm.isError && (
          <Alert color="red" role="alert" title={t('link.failed')}>
            {explain(confirm.error)}
            {problemOf(confirm.error).status < 429 && (
              <NewLink to={of === 'account' ? '/sign-in' : '/settings/security'} />
            )}
          </Alert>
        )}
        <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t(`${verb}.submit`)}
        </Button>
      </Stack>
    </Front>
  );
}
