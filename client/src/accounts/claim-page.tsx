import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { useLinkSecret } from '../platform/link-secret.ts';
import { client, orpc } from '../platform/query.ts';
import { useSession } from '../platform/session.tsx';
import { Front, FrontSwitch } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';
import { type NewAccount, SignUpForm } from './parts/sign-up-form.tsx';

/** `/claim#token`: the first administrator of an empty installation. The token is in the fragment, so no log holds it. */
export function Page() {
  const t = useText(messages);
  const session = useSession();
  const boot = useQuery(orpc.accounts.boot.queryOptions({ input: {} }));
  const token = useLinkSecret();

  const claim = async (account: NewAccount) => {
    await client.accounts.claim({ token: token ?? '', ...account });
    await session.signIn(account.email, account.password);
  };

  if (session.state === 'signed-in') return <Navigate to="/" replace />;
  return (
    <Front title={t('claim.title')} detail={t('claim.detail')}>
      {boot.data?.claimed && !token && <Claimed />}
      {!boot.data?.claimed && !token && (
        <Alert color="yellow" mt="lg" title={t('claim.noToken.title')}>
          {t('claim.noToken')}
        </Alert>
      )}
      {token && <SignUpForm action={t('claim.submit')} onSubmit={claim} />}
    </Front>
  );
}

function Claimed() {
  const t = useText(messages);
  return <FrontSwitch question={t('claim.done')} label={t('signIn.submit')} to="/sign-in" />;
}
