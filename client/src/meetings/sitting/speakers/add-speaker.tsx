import { Select } from '@mantine/core';
import { client } from '../../../platform/query.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';

/** Puts somebody who is there on the list: who has asked by a sign in the room. */
export function AddSpeaker() {
  const t = useSay();
  const { meeting, current, myId } = useSitting();
  const ask = useChange(client.meetings.askToSpeak);
  const waiting = new Set(
    meeting.speakers
      .filter((one) => one.itemId === current?.id && one.state === 'waiting' && one.kind === 'speech')
      .map(({ personId }) => personId),
  );
  const people = meeting.attendees.filter(
    ({ personId, presence }) => presence !== 'out' && !waiting.has(personId) && personId !== myId,
  );
  return (
    <Select
      size="sm"
      searchable
      aria-label={t('sitting.speakers.add')}
      placeholder={t('sitting.speakers.add')}
      nothingFoundMessage={t('sitting.speakers.nobody')}
      disabled={ask.isPending}
      data={people.map(({ personId, name }) => ({ value: personId, label: name }))}
      value={null}
      onChange={(personId) => {
        if (personId) ask.mutate({ id: meeting.id, kind: 'speech', personId });
      }}
    />
  );
}
