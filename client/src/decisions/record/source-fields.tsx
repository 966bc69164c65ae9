import { Checkbox, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import type { Values } from './values.ts';

type Change = (change: Partial<Values>) => void;
type Props = { readonly values: Values; readonly onChange: Change };

const SITTING: ReadonlySet<string> = new Set(['in-session', 'suspended']);
/** Votes are also held in writing, before a meeting. */
const CALLED: ReadonlySet<string> = new Set(['convened', 'frozen']);
const DECIDES: ReadonlySet<string> = new Set(['adopted', 'rejected', 'elected']);

/** Meetings of a body in which something may have been voted on: what sits now, what was held, the last first, the rest. */
function useHeld(bodyId: string | null) {
  const ask = (when: 'past' | 'coming') => ({
    ...orpc.meetings.list.queryOptions({ input: { when, limit: 50, ...(bodyId ? { bodyId } : {}) } }),
    enabled: bodyId !== null,
  });
  const [coming, past] = [useQuery(ask('coming')), useQuery(ask('past'))];
  const [sitting, called] = [SITTING, CALLED].map((states) =>
    (coming.data?.items ?? []).filter(({ state }) => states.has(state)),
  );
  const held = (past.data?.items ?? []).filter(({ state }) => state === 'ended');
  return { meetings: [...(sitting ?? []), ...held, ...(called ?? [])], pending: coming.isPending || past.isPending };
}

/** The vote on which a decision rests: the meeting, the poll that was made known, and the texts that were voted on. */
export function PollFields({ values, onChange }: Props) {
  const t = useText(messages);
  const format = useFormat();
  const { bodyId, meetingId, pollId } = values;
  const { meetings, pending } = useHeld(bodyId);
  const of = { id: meetingId ?? '' };
  const polls = useQuery({ ...orpc.polls.list.queryOptions({ input: of }), enabled: meetingId !== null });
  const meeting = useQuery({ ...orpc.meetings.get.queryOptions({ input: of }), enabled: meetingId !== null });
  const usable = (polls.data?.items ?? []).filter(
    ({ state, result }) => state === 'published' && result !== undefined && DECIDES.has(result.outcome),
  );
  const agenda = meeting.data?.agenda ?? [];
  const choosePoll = (id: string | null) => {
    const poll = usable.find((one) => one.id === id);
    const item = agenda.find((one) => one.id === poll?.itemId);
    onChange({
      pollId: id,
      documents: (item?.papers ?? []).filter(({ title }) => title !== undefined).map(({ documentId }) => documentId),
      ...(values.title.trim() === '' && item ? { title: item.title } : {}),
      ...(values.text.trim() === '' && poll ? { text: poll.question } : {}),
    });
  };
  const when = (startAt: string | undefined) => (startAt ? `${format.date(startAt, 'medium')} · ` : '');
  return (
    <>
      <Select
        label={t('form.meeting')}
        required
        searchable
        disabled={bodyId === null}
        data={meetings.map(({ id, title, startAt }) => ({ value: id, label: `${when(startAt)}${title}` }))}
        value={meetingId}
        onChange={(id) => onChange({ meetingId: id, pollId: null, documents: [] })}
        nothingFoundMessage={pending ? undefined : t('form.meeting.none')}
      />
      <Select
        label={t('form.poll')}
        required
        // What is chosen takes its subject and its papers from the agenda.
        disabled={!meeting.isSuccess}
        data={usable.map(({ id, question }) => ({ value: id, label: question }))}
        value={pollId}
        onChange={choosePoll}
        error={polls.isSuccess && usable.length === 0 ? t('form.poll.none') : undefined}
      />
      <ItemPapers
        papers={agenda.find(({ id }) => id === usable.find((one) => one.id === pollId)?.itemId)?.papers ?? []}
        values={values}
        onChange={onChange}
      />
    </>
  );
}

type Paper = { readonly documentId: string; readonly title?: string | undefined };

/** Which papers of the item were voted on: all of them that may be read, until one is left out. */
function ItemPapers({ papers, values, onChange }: Props & { papers: readonly Paper[] }) {
  const t = useText(messages);
  if (papers.length === 0) return null;
  return (
    <Checkbox.Group
      label={t('form.papers')}
      value={[...values.documents]}
      onChange={(documents) => onChange({ documents })}
    >
      <Stack gap="xs" mt={6}>
        {papers.map(({ documentId, title }) => (
          <Checkbox
            key={documentId}
            value={documentId}
            disabled={title === undefined}
            label={title === undefined ? t('form.papers.closed') : title || t('papers.untitled')}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** Chooses the only body there is. */
export function useOnlyBody(bodies: readonly { readonly id: string }[], { values, onChange }: Props): void {
  const only = bodies.length === 1 ? bodies[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined && values.bodyId === null) onChange({ bodyId: only });
  }, [only, values.bodyId, onChange]);
}
