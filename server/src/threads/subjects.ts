import { plainText } from '@concert/editor/body-text.ts';
import { namedMessage } from '@concert/editor/message.ts';
import type { Card, Place, SubjectSource } from '../platform/subjects.ts';
import { stepsOf } from '../platform/subjects.ts';
import { mentionNames } from './messages.ts';
import type { Parts } from './parts.ts';
import { doors } from './standing.ts';
import { excerptOf, titlesOf } from './views.ts';

const TITLE = 80;
const WORDS = 400;

/** The place of a reply in its thread. */
export const anchorOf = (replyId: string): string => `message-${replyId}`;

const replyOf = (anchor: string): string => anchor.slice(anchorOf('').length);

/** Discussions as other slices speak of them. */
export function threadSubjects(parts: Parts): SubjectSource {
  const { platform, store } = parts;
  const door = doors(parts);
  return {
    cards: async (reader, ids) => {
      const threads = await door.visible(reader, ids);
      const [firsts, titleOf] = await Promise.all([
        store.firsts(threads.map(({ id }) => id)),
        titlesOf(parts, threads),
      ]);
      const mentions = [...firsts.values()].flatMap((first) => first.mentions);
      const names = await mentionNames(platform, reader, mentions);
      return new Map(
        threads.map((thread): [string, Card] => {
          const body = firsts.get(thread.id)?.body ?? null;
          const begins = body === null ? '' : excerptOf(plainText(namedMessage(body, names)), TITLE);
          const context = titleOf(thread);
          const title = thread.title ?? begins;
          return [thread.id, { id: thread.id, title, path: `/threads/${thread.id}`, ...(context ? { context } : {}) }];
        }),
      );
    },
    path: async (reader, id) => {
      const [thread] = await door.visible(reader, [id]);
      return thread === undefined ? null : [{ kind: 'thread', id }, ...stepsOf(thread.subject, thread.workspaceId)];
    },
    words: async (reader, places: readonly Place[]) => {
      const threads = await door.visible(
        reader,
        places.map(({ id }) => id),
      );
      const replies = await store.among(
        threads.map(({ id }) => id),
        places.map(({ anchor }) => replyOf(anchor)),
      );
      const names = await mentionNames(
        platform,
        reader,
        replies.flatMap(({ mentions }) => mentions),
      );
      return new Map(
        replies.flatMap(({ id, body }) =>
          body === null ? [] : [[anchorOf(id), excerptOf(plainText(namedMessage(body, names)), WORDS)] as const],
        ),
      );
    },
  };
}
