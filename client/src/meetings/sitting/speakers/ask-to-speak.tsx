import { SPEECH_KINDS, type Speaker } from '@concert/domain/meetings/shapes.ts';
import { Button, Chip, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHandStop } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../../platform/i18n.ts';
import { common } from '../../../platform/messages.ts';
import { client } from '../../../platform/query.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { askHindered } from './floor.ts';
import { useSentOut } from './use-hand.ts';

/** Asks to speak: for what, and in a word about what. */
export function AskToSpeak() {
  const t = useSay();
  const { meeting, current, myId } = useSitting();
  const sentOut = useSentOut();
  const [opened, { open, close }] = useDisclosure(false);
  const reasons = SPEECH_KINDS.map((kind) => askHindered(meeting, current, { personId: myId, kind, sentOut }));
  if (reasons.every(Boolean)) {
    const reason = reasons.find((one) => one !== 'waiting');
    return reason ? (
      <Text size="sm" c="dimmed">
        {t(`sitting.ask.hindered.${reason}`)}
      </Text>
    ) : null;
  }
  if (opened) return <AskForm onDone={close} />;
  return (
    <Button variant="default" leftSection={<IconHandStop size={16} aria-hidden />} onClick={open}>
      {t('sitting.ask.open')}
    </Button>
  );
}

function AskForm({ onDone }: { onDone: () => void }) {
  const t = useSay();
  const say = useText(common);
  const { meeting, current, myId } = useSitting();
  const sentOut = useSentOut();
  const ask = useChange(client.meetings.askToSpeak);
  const free = SPEECH_KINDS.filter((one) => !askHindered(meeting, current, { personId: myId, kind: one, sentOut }));
  const [kind, setKind] = useState<Speaker['kind']>(free.includes('speech') ? 'speech' : (free[0] ?? 'question'));
  const [stance, setStance] = useState<'pro' | 'contra' | undefined>();
  const [note, setNote] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The button that opened this has gone, and its focus with it.
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = { ...(stance && kind === 'speech' ? { stance } : {}), ...(note.trim() ? { note: note.trim() } : {}) };
    ask.mutate({ id: meeting.id, kind, ...said }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} aria-label={t('sitting.ask.open')}>
      <Stack gap="xs">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('sitting.ask.kind')}
          value={kind}
          onChange={(next) => setKind(SPEECH_KINDS.find((one) => one === next) ?? 'speech')}
          data={(['speech', 'question', 'order'] as const).map((value) => ({
            value,
            label: t(`sitting.speech.${value}`),
            disabled: !free.includes(value),
          }))}
        />
        {kind === 'speech' && (
          <Group gap="xs" role="group" aria-label={t('sitting.ask.stance')}>
            {(['pro', 'contra'] as const).map((one) => (
              <Chip
                key={one}
                size="xs"
                checked={stance === one}
                onChange={(checked) => setStance(checked ? one : undefined)}
              >
                {t(`sitting.stance.${one}`)}
              </Chip>
            ))}
          </Group>
        )}
        <TextInput
          size="sm"
          ref={field}
          aria-label={t('sitting.ask.note')}
          placeholder={t('sitting.ask.note')}
          maxLength={250}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" size="xs" loading={ask.isPending}>
            {t('sitting.ask.send')}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
            {say('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
