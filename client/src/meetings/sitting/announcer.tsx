import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useSay } from './say.ts';
import { useSitting } from './sitting-context.tsx';

/** Says to a screen reader what changes for everybody: the item, a poll that opens or closes, one's turn to speak. */
export function Announcer() {
  const t = useSay();
  const { meeting, polls, current, myId } = useSitting();
  const [said, setSaid] = useState('');
  const item = current ? t('sitting.say.item', { number: current.number ?? '', title: current.title }) : '';
  const open = polls.filter(({ state }) => state === 'open');
  const speaks = meeting.speakers.some(({ personId, state }) => personId === myId && state === 'speaking');
  const facts = {
    item,
    poll: open.map(({ question }) => t('sitting.say.poll', { question })).join(' '),
    floor: speaks ? t('sitting.say.floor') : '',
  };
  const before = useRef(facts);
  useEffect(() => {
    const was = before.current;
    before.current = { item: facts.item, poll: facts.poll, floor: facts.floor };
    const news = [
      facts.item !== was.item ? facts.item : '',
      facts.poll !== was.poll ? facts.poll || t('sitting.say.closed') : '',
      facts.floor !== was.floor ? facts.floor : '',
    ].filter(Boolean);
    if (news.length > 0) setSaid(news.join(' '));
  }, [facts.item, facts.poll, facts.floor, t]);
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}
