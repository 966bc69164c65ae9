import { Button } from '@mantine/core';
import { IconHandOff, IconHandStop } from '@tabler/icons-react';
import { OwnPresence } from '../attendance/own-presence.tsx';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { useHand } from '../speakers/use-hand.ts';
import styles from './bar.module.css';
import { useToVote, VoteButton } from './vote-button.tsx';

/** One's own actions within reach of the thumb: presence, hand, vote. On a phone alone. */
export function PhoneBar() {
  const t = useSay();
  const { meeting } = useSitting();
  const { takesPart } = meeting.me;
  const toVote = useToVote();
  if (!takesPart && !meeting.me.conducts) return null;
  return (
    <section className={styles.phone} aria-label={t('sitting.own')}>
      <OwnPresence compact />
      {takesPart && meeting.mode !== 'written' && meeting.me.presence !== 'out' && (
        <HandButton small={toVote !== undefined} />
      )}
      <VoteButton flex={1} />
    </section>
  );
}

/** Raises one's hand for a speech, or lowers it. `small`: beside a vote, which comes first. */
function HandButton({ small }: { small: boolean }) {
  const t = useSay();
  const { raised, hindered, busy, toggle } = useHand();
  if (!raised && hindered) return null;
  const label = t(raised ? 'sitting.hand.lower' : 'sitting.hand.raise');
  const sign = raised ? <IconHandOff size={17} aria-hidden /> : <IconHandStop size={17} aria-hidden />;
  if (small) {
    return (
      <Button px="sm" variant={raised ? 'light' : 'default'} loading={busy} aria-label={label} onClick={toggle}>
        {sign}
      </Button>
    );
  }
  return (
    <Button flex={1} variant={raised ? 'light' : 'default'} loading={busy} leftSection={sign} onClick={toggle}>
      {label}
    </Button>
  );
}
