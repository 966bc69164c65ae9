import type { Reply } from '@concert/domain/threads/api.ts';
import { REACTION_LABELS, REACTIONS, type Reaction } from '@concert/domain/threads/reactions.ts';
import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMoodPlus } from '@tabler/icons-react';
import { useFormat } from '../../platform/format.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayProblem } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useRefresh } from '../queries.ts';
import { ReactionSign } from './reaction-sign.tsx';
import styles from './reactions.module.css';

/** Adds or takes back one's own reaction. */
function useReact({ id, threadId, reactions }: Reply): (reaction: Reaction) => void {
  const me = useMe();
  const refresh = useRefresh();
  return (reaction) => {
    const mine = reactions.some((one) => one.reaction === reaction && one.people.some((person) => person.id === me.id));
    const set = mine ? client.threads.unreact : client.threads.react;
    set({ id, reaction }).then(() => refresh(threadId), sayProblem);
  };
}

/** Who reacted how; each is a button that joins in or takes back. */
export function Reactions({ reply, open }: { reply: Reply; open: boolean }) {
  const t = useText(messages);
  const locale = useLocale();
  const format = useFormat();
  const me = useMe();
  const react = useReact(reply);
  if (reply.reactions.length === 0) return null;
  return (
    <div className={styles.list}>
      {reply.reactions.map(({ reaction, people }) => {
        const told = t('reaction.people', {
          label: REACTION_LABELS[reaction][locale],
          names: format.list(people.map(({ name }) => name)),
        });
        return (
          <Tooltip key={reaction} label={told} multiline maw={280}>
            <button
              type="button"
              className={styles.reaction}
              aria-label={told}
              aria-pressed={people.some(({ id }) => id === me.id)}
              disabled={!open}
              onClick={() => react(reaction)}
            >
              <ReactionSign reaction={reaction} />
              {people.length}
            </button>
          </Tooltip>
        );
      })}
    </div>
  );
}

/** The choice of a reaction. */
export function AddReaction({ reply }: { reply: Reply }) {
  const t = useText(messages);
  const locale = useLocale();
  const react = useReact(reply);
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={opened} onDismiss={close} position="top-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Tooltip label={t('reply.react')}>
          <ActionIcon size="md" aria-label={t('reply.react')} aria-expanded={opened} onClick={toggle}>
            <IconMoodPlus size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <div className={styles.choices}>
          {REACTIONS.map((reaction) => (
            <Tooltip key={reaction} label={REACTION_LABELS[reaction][locale]}>
              <ActionIcon
                size="lg"
                aria-label={REACTION_LABELS[reaction][locale]}
                onClick={() => {
                  react(reaction);
                  close();
                }}
              >
                <ReactionSign reaction={reaction} size={20} />
              </ActionIcon>
            </Tooltip>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
