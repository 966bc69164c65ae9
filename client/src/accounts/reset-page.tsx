import { Alert, Button, Checkbox, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { resetPassword } from '../platform/auth.ts';
import { useText } from '../platform/i18n.ts';
import { useLinkSecret } from '../platform/link-secret.ts';
import { useProblemText } from '../platform/problem-text.ts';
import { problemOf } from '../platform/query.ts';
import { useSession } from '../platform/session.tsx';
import { Front } from '../platform/shell/front.tsx';
import { messages } from './messages.ts';
import { useCredentialChecks } from './parts/credentials.ts';
import { IncompleteLink, NewLink } from './parts/incomplete-link.tsx';
import { NewPassword } from './parts/new-password.tsx';
import { telling } from './parts/notice.ts';

/** `/reset-password#secret`: a new password by the mailed link. */
export function Page() {
  const t = useText(messages);
  const token = useLinkSecret();
  if (!token) {
    return (
      <Front title={t('link.missing')} detail={t('link.missingDetail')}>
        <IncompleteLink to="/forgot-password" />
      </Front>
    );
  }
  return (
    <Front title={t('reset.title')} detail={t('reset.detail')}>
      <ResetForm key={token} token={token} />
    </Front>
  );
}

/** Refusals of the password; whatever else is refused is the link's fault. */
const isAboutPassword = (error: unknown): boolean => problemOf(error).reason.startsWith('password-');

function ResetForm({ token }: { token: string }) {
  const t = useText(messages);
  const explain = useProblemText();
  const checks = useCredentialChecks();
  const navigate = useNavigate();
  const { state, lose } = useSession();
  const form = useForm({
    initialValues: { newPassword: '', revokeTokens: false },
    validate: { newPassword: checks.password },
  });
  const reset = useMutation({
    mutationFn: (values: { newPassword: string; revokeTokens: boolean }) => resetPassword({ token, ...values }),
    onSuccess: () => {
      if (state === 'signed-in') lose();
      return navigate('/sign-in', { replace: true, state: telling('reset') });
    },
    meta: { saidInPlace: true },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => reset.mutate(values))}>
      <Stack gap="md" mt="lg">
        {reset.isError && (
          <Alert color="red" role="alert" title={isAboutPassword(reset.error) ? t('reset.failed') : t('link.failed')}>
            {explain(reset.error)}
            {problemOf(reset.error).status < 429 && !isAboutPassword(reset.error) && <NewLink to="/forgot-password" />}
          </Alert>
        )}
        <NewPassword
          known={[]}
          label={t('password.new')}
          {...form.getInputProps('newPassword')}
          value={form.values.newPassword}
        />
        <Checkbox
          label={t('reset.tokens')}
          description={t('reset.tokensHelp')}
          {...form.getInputProps('revokeTokens', { type: 'checkbox' })}
        />
        <Button type="submit" size="md" loading={reset.isPending}>
          {t('reset.submit')}
        </Button>
      </Stack>
    </form>
  );
}
