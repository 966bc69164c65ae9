import { ITEM_KINDS, ItemKind, type Meeting } from '@concert/domain/meetings/shapes.ts';
import { Button, Select, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { durationText, splitDuration } from '../logic/duration.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import styles from './agenda.module.css';

/** Adds an item in one line: its title, with its duration at the end if there is one, and Enter. */
export function AddItem({ meeting, proposes }: { meeting: Meeting; proposes: boolean }) {
  const t = useText(messages);
  const explain = useProblemText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<ItemKind>('discussion');
  const add = useChange(client.meetings.addItem, { inPlace: true });
  const { title, plannedSec } = splitDuration(typed);
  const label = t(proposes ? 'agenda.propose' : 'agenda.add');
  const submit = () => {
    if (!title || add.isPending) return;
    add.mutate(
      { id: meeting.id, title, kind, ...(plannedSec ? { plannedSec } : {}) },
      {
        onSuccess: () => {
          setTyped('');
          field.current?.focus();
        },
      },
    );
  };
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        ref={field}
        className={styles.typed}
        aria-label={label}
        placeholder={t(proposes ? 'agenda.proposeExample' : 'agenda.addExample')}
        maxLength={220}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={add.isError && explain(add.error)}
        rightSection={
          plannedSec ? (
            <Text span size="xs" c="dimmed" fw={560} aria-live="polite">
              {durationText(plannedSec)}
            </Text>
          ) : undefined
        }
        rightSectionWidth="5rem"
      />
      <Select
        aria-label={t('item.kind')}
        w="9rem"
        allowDeselect={false}
        data={ITEM_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(ItemKind.parse(value))}
      />
      <Button
        type="submit"
        variant="default"
        disabled={!title}
        loading={add.isPending}
        leftSection={<IconPlus size={16} aria-hidden />}
      >
        {t(proposes ? 'agenda.proposeDo' : 'agenda.addDo')}
      </Button>
    </form>
  );
}
