import { LINK_PAGES } from '@concert/domain/accounts/rules.ts';
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { handing, useLinkSecret } from '../platform/link-secret.ts';
import { common } from '../platform/messages.ts';
import { type client, orpc, problemOf } from '../platform/query.ts';
import { useSession } from '../platform/session.tsx';
import { Front } from '../platform/shell/front.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { sayDone } from '../ui/notify.ts';
import { FormattedDate } from '../ui/relative-time.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';

type Offer = Awaited<ReturnType<typeof client.workspaces.invitation>>;

/** `/invitations#secret`: what the link offers; nothing is accepted before the button is pressed. */
export function Page() {
  const t = useText(messages);
  const token = useLinkSecret();
  if (token) return <Offered key={token} token={token} />;
  return (
    <Front title={t('invitation.incomplete')} detail={t('invitation.incompleteDetail')}>
      <HomeLink />
    </Front>
  );
}

function Offered({ token }: { token: string }) {
  const t = useText(messages);
  const offer = useQuery(orpc.workspaces.invitation.queryOptions({ input: { token } }));
  if (offer.isPending) {
    return (
      <Front title="Concert">
        <ListSkeleton count={3} />
      </Front>
    );
  }
  if (offer.isError) {
    const { status } = problemOf(offer.error);
    const gone = status >= 400 && status < 429;
    return (
      <Front title={gone ? t('invitation.goneTitle') : 'Concert'} {...(gone ? { detail: t('invitation.gone') } : {})}>
        {gone ? <HomeLink /> : <ErrorState error={offer.error} onRetry={() => void offer.refetch()} />}
      </Front>
    );
  }
  return <OfferView token={token} offer={offer.data} />;
}

function HomeLink() {
  const t = useText(common);
  return (
    <Anchor component={Link} to="/" display="inline-block" mt="lg">
      {t('missing.home')}
    </Anchor>
  );
}

function OfferView({ token, offer }: { token: string; offer: Offer }) {
  const t = useText(messages);
  const { state } = useSession();
  return (
    <Front
      title={t('invitation.title', { workspace: offer.workspaceName })}
      detail={t('invitation.detail', { name: offer.invitedBy })}
    >
      <Stack gap="xs" my="lg">
        <Fact label={t('invitation.role')}>
          <RoleBadge role={offer.role} />
        </Fact>
        <Fact label={t('invitation.email')}>{offer.email}</Fact>
        <Fact label={t('invitation.expires')}>
          <FormattedDate at={offer.expiresAt} />
        </Fact>
      </Stack>
      {state === 'signed-in' ? <Accept token={token} offer={offer} /> : <Enter token={token} offer={offer} />}
    </Front>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" c="dimmed" w="9rem" flex="none">
        {label}
      </Text>
      <Text size="sm" component="div" miw={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </Group>
  );
}

/** Signed in with the invited address: one button. With another one: the way to change. */
function Accept({ token, offer }: { token: string; offer: Offer }) {
  const t = useText(messages);
  const { me, signOut } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const accept = useMutation(
    orpc.workspaces.acceptInvitation.mutationOptions({
      onSuccess: async (workspace) => {
        sayDone(t('invitation.joined', { workspace: workspace.name }));
        // In this order: the link is used up, and reading it again would say so.
        await navigate(`/workspaces/${workspace.id}`, { replace: true });
        await queries.invalidateQueries({ queryKey: orpc.workspaces.key() });
      },
    }),
  );
  const leave = useMutation({ mutationFn: signOut });
  if (me && me.email !== offer.email) {
    return (
      <Alert color="yellow">
        {t('invitation.otherAccount', { mine: me.email, email: offer.email })}
        <Button variant="default" mt="sm" loading={leave.isPending} onClick={() => leave.mutate()}>
          {t('invitation.switch')}
        </Button>
      </Alert>
    );
  }
  return (
    <Button size="md" fullWidth loading={accept.isPending} onClick={() => accept.mutate({ token })}>
      {t('invitation.accept')}
    </Button>
  );
}

function Enter({ token, offer }: { token: string; offer: Offer }) {
  const t = useText(messages);
  const query = new URLSearchParams({ next: LINK_PAGES.invitation, email: offer.email });
  return (
    <Button
      component={Link}
      size="md"
      fullWidth
      to={`${offer.known ? '/sign-in' : '/sign-up'}?${query}`}
      state={handing(token)}
    >
      {offer.known ? t('invitation.signIn') : t('invitation.signUp')}
    </Button>
  );
}
