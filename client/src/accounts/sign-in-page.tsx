import { Alert, Divider } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { handing, useHandedSecret } from '../platform/link-secret.ts';
import { orpc } from '../platform/query.ts';
import { safeReturn } from '../platform/router.tsx';
import { useSession } from '../platform/session.tsx';
import { Front, FrontSwitch } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';
import { DEMO_PASSWORD, DemoAccounts } from './parts/demo-accounts.tsx';
import { type Notice, useNotice } from './parts/notice.ts';
import { SignInForm } from './parts/sign-in-form.tsx';

const NOTICE_TEXT = {
  reset: 'signIn.afterReset',
  confirmed: 'signIn.afterConfirm',
  erased: 'signIn.afterErase',
} as const satisfies Record<Notice, string>;

/** `/sign-in`: by e-mail and password, or in the demonstration by choosing somebody. */
export function Page() {
  const t = useText(messages);
  const [search] = useSearchParams();
  const { state: handed } = useLocation();
  const session = useSession();
  const secret = useHandedSecret();
  const notice = useNotice();
  const boot = useQuery(orpc.accounts.boot.queryOptions({ input: {} }));
  const pick = useMutation({ mutationFn: (email: string) => session.signIn(email, DEMO_PASSWORD) });
  const next = search.get('next');
  const demo = boot.data?.demo === true;

  if (session.state === 'signed-in') return <Navigate to={safeReturn(next)} state={handing(secret)} replace />;
  return (
    <Front title={demo ? t('demo.title') : t('signIn.title')} detail={demo ? t('demo.detail') : undefined} wide={demo}>
      {notice && (
        <Alert mt="md" role="status">
          {t(NOTICE_TEXT[notice])}
        </Alert>
      )}
      {!notice && session.farewell === 'ended' && (
        <Alert mt="md" role="status">
          {t('signIn.ended')}
        </Alert>
      )}
      {demo && (
        <>
          <DemoAccounts
            busyEmail={pick.isPending ? pick.variables : undefined}
            onPick={(email) => pick.mutate(email)}
          />
          <Divider mt="xl" label={t('demo.form')} labelPosition="left" />
        </>
      )}
      <SignInForm email={search.get('email') ?? ''} />
      {boot.data?.signUp !== 'closed' && (
        <FrontSwitch
          question={t('signIn.noAccount')}
          label={t('signIn.create')}
          to={next ? `/sign-up?next=${encodeURIComponent(next)}` : '/sign-up'}
          state={handed}
        />
      )}
    </Front>
  );
}
