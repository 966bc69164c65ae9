import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Badge, Group, Text, Title } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocale } from '../../../platform/i18n.ts';
import { shortDayText } from '../../logic/times.ts';
import { TimeLeft } from '../clock/clock-face.tsx';
import { timeText } from '../clock/clock-text.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { HandCounts } from './hand-counts.tsx';
import { decidedBy, lineLabel } from './labels.ts';
import { MyBallots } from './my-ballots.tsx';
import { NamedBallots } from './named-ballots.tsx';
import styles from './poll.module.css';
import { ClosedControls, DraftControls, OpenControls } from './poll-controls.tsx';
import { PollRegister } from './poll-register.tsx';
import { ResultView } from './result-view.tsx';
import { Turnout } from './turnout.tsx';

type Props = { readonly poll: Poll; readonly centre?: boolean };

/** A poll as the reader may see it now. `centre`: it is open and stands before everything else. */
export function PollCard({ poll, centre = false }: Props) {
  const id = `poll-${poll.id}`;
  return (
    <section
      aria-labelledby={`${id}-question`}
      id={id}
      tabIndex={-1}
      className={styles.card}
      data-centre={centre || undefined}
    >
      <PollHead poll={poll} />
      <PollBody poll={poll} />
    </section>
  );
}

function PollHead({ poll }: { poll: Poll }) {
  const t = useSay();
  const locale = useLocale();
  const terms = [
    t(`poll.method.${poll.method}`),
    poll.byHands ? t('poll.byHands') : t(`poll.secrecy.${poll.secrecy}`),
    decidedBy(poll, locale, t),
  ];
  return (
    <header>
      <Group gap="xs" mb={6}>
        <Badge radius="sm" variant={poll.state === 'open' ? 'filled' : poll.state === 'draft' ? 'default' : 'light'}>
          {t(`poll.state.${poll.state}`)}
        </Badge>
        {poll.supersedes && (
          <Badge radius="sm" variant="default">
            {t('poll.repeats')}
          </Badge>
        )}
        {poll.state === 'open' && poll.closesAt && <Closing at={poll.closesAt} />}
      </Group>
      <Title order={3} id={`poll-${poll.id}-question`} className={styles.question}>
        {poll.question}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {terms.filter(Boolean).join(' · ')}
      </Text>
      {poll.method === 'ranked' && poll.lot.length > 0 && poll.state !== 'published' && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('poll.lot', { order: poll.lot.map((key) => lineLabel(poll, key, t)).join(', ') })}
        </Text>
      )}
    </header>
  );
}

const DAY_MS = 86_400_000;

/** When a poll closes by itself: by a clock on its last day, before that by the day. */
function Closing({ at }: { at: string }) {
  const t = useSay();
  const locale = useLocale();
  const { now, timeZone } = useSitting().meeting;
  if (Date.parse(at) - Date.parse(now) > DAY_MS) {
    const when = `${shortDayText(locale, at, timeZone)}, ${timeText(locale, at, timeZone)}`;
    return <Text size="sm">{t('poll.closesOn', { when })}</Text>;
  }
  return (
    <Text size="sm" component="span">
      {t('poll.closesIn')} <TimeLeft until={at} />
    </Text>
  );
}

function PollBody({ poll }: { poll: Poll }) {
  const t = useSay();
  const { meeting } = useSitting();
  const { conducts } = meeting.me;
  if (poll.state === 'draft') return conducts ? <DraftControls poll={poll} /> : null;
  if (poll.state === 'open') return <OpenPoll poll={poll} />;
  return (
    <>
      {poll.state === 'annulled' && (
        <Text size="sm">
          {t('poll.annulled')} {poll.annulledReason}
        </Text>
      )}
      {poll.result ? (
        <ResultView poll={poll} result={poll.result} />
      ) : (
        poll.state === 'closed' && <Text c="dimmed">{t('poll.awaiting')}</Text>
      )}
      {conducts && poll.state !== 'annulled' && <ClosedControls poll={poll} />}
      <PollRegister poll={poll} />
    </>
  );
}

function OpenPoll({ poll }: { poll: Poll }) {
  const t = useSay();
  const [unsaved, setUnsaved] = useState(false);
  const { meeting } = useSitting();
  const { conducts } = meeting.me;
  return (
    <>
      {poll.byHands ? (
        <Text>{t('poll.hands.show')}</Text>
      ) : poll.mine.length > 0 ? (
        <MyBallots poll={poll} />
      ) : (
        <Text c="dimmed">{t('poll.noBallot')}</Text>
      )}
      {poll.secrecy === 'secret' && <SecrecyNote />}
      {!poll.byHands && <Turnout poll={poll} />}
      {poll.ballots && <NamedBallots poll={poll} ballots={poll.ballots} />}
      {conducts && poll.byHands && <HandCounts poll={poll} onChanged={setUnsaved} />}
      {conducts && <OpenControls poll={poll} unsaved={unsaved} />}
      <PollRegister poll={poll} />
    </>
  );
}

/** What a secret vote keeps secret, and from whom it could not while it runs. */
function SecrecyNote() {
  const t = useSay();
  return (
    <div className={styles.secrecy}>
      <IconEyeOff size={17} stroke={1.7} aria-hidden />
      <Text size="sm" c="dimmed">
        {t('poll.secret.note')}
      </Text>
    </div>
  );
}
