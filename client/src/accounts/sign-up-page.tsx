import { Navigate, useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { safeReturn } from '../platform/router.tsx';
import { useSession } from '../platform/session.tsx';
import { Front, FrontSwitch } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';
import { SignUpForm } from './parts/sign-up-form.tsx';

/** `/sign-up?next=&email=`: a new account; an invitation fills the address in. */
export function Page() {
  const t = useText(messages);
  const [search] = useSearchParams();
  const session = useSession();
  const next = search.get('next');
  const email = search.get('email') ?? '';

  if (session.state === 'signed-in') return <Navigate to={safeReturn(next)} replace />;
  return (
    <Front title={t('signUp.title')}>
      <SignUpForm
        action={t('signUp.submit')}
        email={email}
        emailHelp={email ? t('signUp.invited') : undefined}
        onSubmit={(account) => session.signUp(account.name, account.email, account.password)}
      />
      <FrontSwitch
        question={t('signUp.have')}
        label={t('signIn.submit')}
        to={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
      />
    </Front>
  );
}
