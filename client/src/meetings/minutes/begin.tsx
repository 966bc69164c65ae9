import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import { Alert, Button, Stack } from '@mantine/core';
import { IconFilePencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { WorkspaceSelect } from '../form/workspace-select.tsx';
import { messages } from '../messages.ts';
import { useMinutesChange } from './queries.ts';

type Props = {
  readonly minutes: Minutes;
  /** Where the papers of the meeting are; chosen here where there is none yet. */
  readonly workspaceId: string | undefined;
  readonly onBegun?: (documentId: string) => void;
};

/** Stands where there are no minutes yet: what they will be, and for who conducts the way to begin them. */
export function NoMinutes({ minutes, workspaceId, onBegun }: Props) {
  const t = useText(messages);
  const { begins } = minutes.me;
  return (
    <EmptyState
      icon={IconFilePencil}
      title={t('minutes.none')}
      action={begins && <Begin minutes={minutes} workspaceId={workspaceId} {...(onBegun ? { onBegun } : {})} />}
    >
      {t(begins ? 'minutes.noneBegins' : 'minutes.noneWaits')}
    </EmptyState>
  );
}

function Begin({ minutes: { meetingId }, workspaceId, onBegun }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const explain = useProblemText();
  const [chosen, setChosen] = useState<string | null>(null);
  const begin = useMinutesChange(client.minutes.begin, { inPlace: true });
  const place = workspaceId ?? chosen ?? undefined;
  const run = () =>
    begin.mutate(
      { id: meetingId, locale, ...(workspaceId === undefined && place ? { workspaceId: place } : {}) },
      { onSuccess: ({ documentId }) => documentId && onBegun?.(documentId) },
    );
  return (
    <Stack gap="sm" align="flex-start" miw="min(100%, 20rem)">
      {workspaceId === undefined && <WorkspaceSelect value={chosen} onChange={setChosen} />}
      <Button
        disabled={place === undefined}
        loading={begin.isPending}
        leftSection={<IconFilePencil size={17} aria-hidden />}
        onClick={run}
      >
        {t('minutes.begin')}
      </Button>
      {begin.isError && (
        <Alert color="red" variant="light" role="alert">
          {explain(begin.error)}
        </Alert>
      )}
    </Stack>
  );
}
