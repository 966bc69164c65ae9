import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import { mailVerification } from '../platform/auth.ts';
import { useText } from '../platform/i18n.ts';
import { handing, useHandedSecret } from '../platform/link-secret.ts';
import { orpc } from '../platform/query.ts';
import { safeReturn } from '../platform/router.tsx';
import { useSession } from '../platform/session.tsx';
import { Front, FrontSwitch } from '../platform/shell/front.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { Mailbox } from './parts/mailbox.tsx';
import { type NewAccount, SignUpForm } from './parts/sign-up-form.tsx';

/** `/sign-up?next=&email=`: a new account, where the installation lets people open one; an invitation brings its address. */
export function Page() {
  const t = useText(messages);
  const [search] = useSearchParams();
  const session = useSession();
  const invitation = useHandedSecret();
  const boot = useQuery(orpc.accounts.boot.queryOptions({ input: {} }));
  const [waiting, setWaiting] = useState<string>();
  const next = search.get('next');

  const create = async (account: NewAccount) => {
    const { signedIn } = await session.signUp({ ...account, ...(invitation ? { invitation } : {}) });
    if (!signedIn) setWaiting(account.email);
  };

  if (session.state === 'signed-in') return <Navigate to={safeReturn(next)} state={handing(invitation)} replace />;
  if (waiting) {
    return (
      <Front title={t('mailbox.title')}>
        <Mailbox
          detail={t('mailbox.detail', { email: waiting })}
          onAgain={() => mailVerification(waiting)}
          onOther={() => setWaiting(undefined)}
        />
      </Front>
    );
  }
  if (boot.isPending || boot.isError) {
    return (
      <Front title={t('signUp.title')}>
        {boot.isPending ? (
          <ListSkeleton count={3} />
        ) : (
          <ErrorState error={boot.error} onRetry={() => void boot.refetch()} />
        )}
      </Front>
    );
  }
  if (boot.data.signUp === 'closed') {
    return (
      <Front title={t('signUp.closed')} detail={t('signUp.closedDetail')}>
        <ToSignIn next={next} />
      </Front>
    );
  }
  const email = search.get('email') ?? '';
  return (
    <Front title={t('signUp.title')}>
      {boot.data.signUp === 'invited' && !invitation && (
        <Alert mt="md" title={t('signUp.invitedOnly')}>
          {t('signUp.invitedOnlyDetail')}
        </Alert>
      )}
      <SignUpForm
        action={t('signUp.submit')}
        email={email}
        emailHelp={email ? t('signUp.invited') : undefined}
        onSubmit={create}
      />
      <ToSignIn next={next} />
    </Front>
  );
}

function ToSignIn({ next }: { next: string | null }) {
  const t = useText(messages);
  const { state } = useLocation();
  return (
    <FrontSwitch
      question={t('signUp.have')}
      label={t('signIn.submit')}
      to={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
      state={state}
    />
  );
}
