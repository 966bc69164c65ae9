import { Stack } from '@mantine/core';
import { useText } from '../platform/i18n.ts';
import type { WorkspacePartProps } from '../platform/module.ts';
import { AccessListView } from '../platform/sharing/access-list.tsx';
import { Conflicts } from '../platform/sharing/conflicts.tsx';
import { messages as sharing } from '../platform/sharing/messages.ts';
import { Section } from '../ui/section.tsx';
import { subjectOf } from './parts/subject.ts';

/** Who can see the workspace and why, and who is kept out of it. */
export function AccessTab({ workspace }: WorkspacePartProps) {
  const t = useText(sharing);
  const subject = subjectOf(workspace);
  return (
    <Stack gap="2.5rem" maw="48rem">
      <Section title={t('access.title')}>
        <AccessListView subject={subject} />
      </Section>
      <Section title={t('conflict.title')}>
        <Conflicts subject={subject} />
      </Section>
    </Stack>
  );
}
