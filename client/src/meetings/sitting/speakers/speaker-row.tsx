import type { Speaker } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Badge, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconMicrophone, IconPlayerPause, IconPlayerStop } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { client } from '../../../platform/query.ts';
import { PersonAvatar } from '../../../ui/person-avatar.tsx';
import { countdownText, durationText, elapsedText, spentOf, toneOf } from '../clock/clock-text.ts';
import { useTimed } from '../clock/ticker.ts';
import { KeyHint } from '../key-hint.tsx';
import { useChange } from '../queries.ts';
import { type SittingSay, useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { SpeakerMenu } from './speaker-menu.tsx';
import styles from './speakers.module.css';

/** For what somebody speaks: "Contre", "Question". */
export const purposeOf = ({ kind, stance }: Pick<Speaker, 'kind' | 'stance'>, t: SittingSay): string =>
  stance ? t(`sitting.stance.${stance}`) : t(`sitting.speech.${kind}`);

/** Somebody on the list: for what, for how long, and what who conducts can do about it. */
export function SpeakerRow({ speaker, place }: { speaker: Speaker; place?: number }) {
  const t = useSay();
  const { meeting, person, myId } = useSitting();
  const who = person(speaker.personId);
  const name = who?.name ?? t('sitting.somebody');
  const conducts = meeting.me.conducts && meeting.state === 'in-session';
  const mine = speaker.personId === myId;
  return (
    <div className={styles.row} data-state={speaker.state}>
      {place !== undefined && <span className={styles.place}>{place}</span>}
      <PersonAvatar person={{ name, color: who?.color ?? '#6b7578' }} size={32} decorative />
      <div className={styles.who}>
        <Text size="sm" fw={560} truncate>
          {name}
        </Text>
        <Group gap={6}>
          <Badge size="sm" radius="sm" variant={speaker.kind === 'speech' ? 'default' : 'light'}>
            {purposeOf(speaker, t)}
          </Badge>
          {speaker.college && (
            <Text size="xs" c="dimmed">
              {speaker.college}
            </Text>
          )}
          {speaker.state !== 'waiting' && <SpeechTime speaker={speaker} />}
        </Group>
        {speaker.note && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {speaker.note}
          </Text>
        )}
      </div>
      {conducts && speaker.state !== 'done' && <FloorButtons speaker={speaker} name={name} next={place === 1} />}
      {!conducts && mine && meeting.state === 'in-session' && <OwnWord speaker={speaker} />}
    </div>
  );
}

/** How long a speech takes; of how long it may. */
export function SpeechTime({ speaker }: { speaker: Speaker }) {
  const t = useSay();
  const { speakSeconds } = useSitting().meeting.rules;
  const limited = speakSeconds > 0 && speaker.kind === 'speech' && speaker.state !== 'done';
  const left = (now: number) => speakSeconds * 1_000 - spentOf(speaker, now);
  const text = useTimed((now) => (limited ? countdownText(left(now)) : elapsedText(spentOf(speaker, now))));
  const tone = useTimed((now) => (limited ? toneOf(left(now)) : 'calm'));
  return (
    <span className={styles.time} data-tone={tone}>
      {text}
      {limited && <span className={styles.of}> / {durationText(speakSeconds)}</span>}
      {tone === 'over' && <span className={styles.of}> {t('sitting.clock.over')}</span>}
    </span>
  );
}

type FloorProps = { readonly speaker: Speaker; readonly name: string; readonly next: boolean };

function FloorButtons({ speaker, name, next }: FloorProps) {
  const t = useSay();
  const { meeting } = useSitting();
  const change = useChange(client.meetings.speaker);
  const go = (what: 'start' | 'pause' | 'resume' | 'end') =>
    change.mutate({ id: meeting.id, speakerId: speaker.id, do: what });
  const speaking = speaker.state === 'speaking';
  return (
    <Group gap={2} wrap="nowrap">
      {speaking ? (
        <>
          <Tooltip label={t('sitting.speaker.pause')}>
            <ActionIcon aria-label={t('sitting.speaker.pauseOf', { name })} onClick={() => go('pause')}>
              <IconPlayerPause size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('sitting.speaker.end')}>
            <ActionIcon aria-label={t('sitting.speaker.endOf', { name })} onClick={() => go('end')}>
              <IconPlayerStop size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      ) : (
        <GiveFloor
          label={t(speaker.state === 'paused' ? 'sitting.speaker.resume' : 'sitting.speaker.start')}
          next={next}
        >
          <ActionIcon
            color="lagoon"
            aria-label={t('sitting.speaker.startOf', { name })}
            onClick={() => go(speaker.state === 'paused' ? 'resume' : 'start')}
          >
            <IconMicrophone size={18} aria-hidden />
          </ActionIcon>
        </GiveFloor>
      )}
      <SpeakerMenu speaker={speaker} name={name} />
    </Group>
  );
}

/** Says what the button does; of who comes next, by which key too. */
function GiveFloor({ label, next, children }: { label: string; next: boolean; children: ReactElement }) {
  if (!next) return <Tooltip label={label}>{children}</Tooltip>;
  return (
    <KeyHint label={label} keys="S" icon>
      {children}
    </KeyHint>
  );
}

/** Takes one's own name off the list, or says that one has finished. */
function OwnWord({ speaker }: { speaker: Speaker }) {
  const t = useSay();
  const { meeting } = useSitting();
  const change = useChange(client.meetings.speaker);
  if (speaker.state === 'done' || speaker.state === 'paused') return null;
  const waits = speaker.state === 'waiting';
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      loading={change.isPending}
      onClick={() => change.mutate({ id: meeting.id, speakerId: speaker.id, do: waits ? 'remove' : 'end' })}
    >
      {t(waits ? 'sitting.ask.withdraw' : 'sitting.ask.finished')}
    </Button>
  );
}
