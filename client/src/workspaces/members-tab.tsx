import { Stack } from '@mantine/core';
import { useText } from '../platform/i18n.ts';
import type { WorkspacePartProps } from '../platform/module.ts';
import { GiveGrant } from '../platform/sharing/give-grant.tsx';
import { Grants } from '../platform/sharing/grants.tsx';
import { messages as sharing } from '../platform/sharing/messages.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { AddMember } from './parts/add-member.tsx';
import { Invitations } from './parts/invitations.tsx';
import { MemberRow } from './parts/member-row.tsx';
import { isLastOwner, useMembers } from './parts/members.ts';
import { subjectOf } from './parts/subject.ts';

/** Who is in the workspace, with which role; owners add, change and remove. */
export function MembersTab({ workspace }: WorkspacePartProps) {
  const t = useText(messages);
  const { query, members } = useMembers(workspace.id);
  const owner = workspace.role === 'owner';
  const manages = owner && workspace.state === 'active';
  const say = useText(sharing);
  const subject = subjectOf(workspace);
  const detail = manages ? t('members.detail') : owner ? t('members.archived') : t('members.onlyOwners');
  return (
    <Stack gap="2.5rem">
      <Section title={t('members.title')} detail={detail}>
        {manages && <AddMember workspaceId={workspace.id} />}
        {query.isPending && <ListSkeleton />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        <Rows label={t('members.title')}>
          {members.map((member) => (
            <MemberRow
              key={member.personId}
              member={member}
              workspace={workspace}
              manages={manages}
              lastOwner={isLastOwner(members, member.personId)}
            />
          ))}
        </Rows>
        <LoadMore list={query} />
      </Section>
      {manages && <Invitations workspaceId={workspace.id} />}
      <Section title={say('grants.section')} detail={say('grants.sectionDetail')}>
        {manages && <GiveGrant subject={subject} />}
        <Grants subject={subject} />
      </Section>
    </Stack>
  );
}
