import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client, orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';

type Candidate = { readonly id: string; readonly name: string; readonly detail: string };

/** Anybody of the installation for who keeps its accounts; for others, those with whom they share a workspace. */
function useCandidates(q: string) {
  const { platformRole } = useMe();
  const keeps = platformRole === 'administrator' || platformRole === 'secretariat';
  const input = { limit: 30, ...(q ? { q } : {}) };
  const everybody = useQuery({
    ...orpc.administration.people.queryOptions({ input }),
    placeholderData: keepPreviousData,
    enabled: keeps,
  });
  const mine = useQuery({
    ...orpc.accounts.people.queryOptions({ input }),
    placeholderData: keepPreviousData,
    enabled: !keeps,
  });
  const people = keeps
    ? (everybody.data?.items ?? []).filter(({ state }) => state !== 'erased')
    : (mine.data?.items ?? []);
  return people.map(
    ({ id, name, title, organisationName, email }): Candidate => ({
      id,
      name,
      detail: [title, organisationName].filter(Boolean).join(' · ') || (email ?? ''),
    }),
  );
}

/** Calls somebody who has no mandate in the body: an expert, a rapporteur. */
export function AddGuest({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const explain = useProblemText();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const called = new Set(meeting.attendees.map(({ personId }) => personId));
  const candidates = useCandidates(q).filter(({ id }) => !called.has(id));
  const add = useChange(client.meetings.addGuest, { inPlace: true });
  const invite = (personId: string) => {
    const name = candidates.find(({ id }) => id === personId)?.name ?? '';
    add.mutate({ id: meeting.id, personId }, { onSuccess: () => sayDone(t('guest.added', { name })) });
  };
  return (
    <Select
      label={t('guest.add')}
      description={t('guest.help')}
      placeholder={t('guest.find')}
      maw="28rem"
      searchable
      data={candidates.map(({ id, name }) => ({ value: id, label: name }))}
      // Names were found by the server.
      filter={({ options }) => options}
      value={null}
      onChange={(id) => {
        if (id) invite(id);
        setTyped('');
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      disabled={add.isPending}
      error={add.isError && explain(add.error)}
      nothingFoundMessage={t('guest.nobody')}
      renderOption={({ option }) => (
        <Stack gap={0} miw={0}>
          <Text size="sm" fw={560} truncate>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {candidates.find(({ id }) => id === option.value)?.detail}
          </Text>
        </Stack>
      )}
    />
  );
}
