import type { Thread } from '@concert/domain/threads/api.ts';
import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { useLiveEvent } from '../../platform/live.tsx';
import { useMe } from '../../platform/session.tsx';
import { messages } from '../messages.ts';

/** So long after the last sign of it somebody counts as writing, in milliseconds. */
const WRITES_FOR_MS = 6_000;

type Writing = ReadonlyMap<string, number>;

/** Who is writing a message now; people who have not written in the discussion yet have no name here. */
function useWriting(threadId: string): readonly string[] {
  const me = useMe();
  const [writing, setWriting] = useState<Writing>(new Map());
  useLiveEvent('thread.typing', ({ threadId: id, personId }) => {
    if (id === threadId && personId !== me.id) setWriting((before) => new Map(before).set(personId, Date.now()));
  });
  useEffect(() => {
    if (writing.size === 0) return;
    const timer = setTimeout(() => {
      const since = Date.now() - WRITES_FOR_MS;
      setWriting((before) => new Map([...before].filter(([, at]) => at > since)));
    }, 1_000);
    return () => clearTimeout(timer);
  }, [writing]);
  return [...writing.keys()];
}

type People = Thread['participants'];

/** "Claire is writing…" */
export function Typing({ threadId, people }: { threadId: string; people: People }) {
  const t = useText(messages);
  const writing = useWriting(threadId);
  const name = people.find(({ id }) => id === writing[0])?.name;
  const text =
    writing.length === 0
      ? ''
      : writing.length === 1 && name !== undefined
        ? t('typing.one', { name })
        : t(writing.length === 1 ? 'typing.somebody' : 'typing.several');
  return (
    <Text size="xs" c="dimmed" h={20} px={4} role="status" aria-live="polite">
      {text}
    </Text>
  );
}
