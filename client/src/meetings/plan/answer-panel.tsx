import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Anchor, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { AnswerButtons, takesAnswers } from '../list/answer-buttons.tsx';
import { openProxies } from '../logic/people.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { useNames } from '../use-names.ts';
import styles from './facts.module.css';
import { ProxyDialog } from './proxy-dialog.tsx';

/** Whether the reader comes; who does not may put their vote into the hands of another [M16]. */
export function AnswerPanel({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const [giving, { open, close }] = useDisclosure(false);
  const { id, title, me, state, rules } = meeting;
  if (!takesAnswers(state)) {
    if (state !== 'draft' || me.conducts) return null;
    return (
      <div className={styles.panel}>
        <Text size="sm" c="dimmed">
          {t('answer.notYet')}
        </Text>
      </div>
    );
  }
  const given = openProxies(meeting.proxies).filter(({ seatId }) => me.seatIds.includes(seatId));
  const whole = given.filter(({ itemId, period }) => itemId === undefined && period === undefined);
  const mayGive = rules.proxies.allowed && me.quality === 'voter' && whole.length < me.seatIds.length;
  return (
    <div className={styles.panel}>
      <Text size="sm" fw={580}>
        {t(me.answer ? `answer.said.${me.answer}` : 'answer.question')}
      </Text>
      <AnswerButtons
        meetingId={id}
        title={title}
        answer={me.answer}
        size="sm"
        onAnswered={(answer) => answer === 'excused' && mayGive && open()}
      />
      {given.length > 0 && <OwnProxies meeting={meeting} />}
      {mayGive && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowsExchange size={15} aria-hidden />}
          onClick={open}
        >
          {t('proxy.give')}
        </Button>
      )}
      <ProxyDialog meeting={meeting} opened={giving} onClose={close} />
    </div>
  );
}

function OwnProxies({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { id: myId } = useMe();
  const { nameOf } = useNames(meeting);
  const settle = useChange(client.meetings.settleProxy);
  return openProxies(meeting.proxies)
    .filter(({ fromId }) => fromId === myId)
    .map((proxy) => (
      <Text key={proxy.id} size="sm" component="div">
        {t(`proxy.mine.${proxy.state === 'accepted' ? 'accepted' : 'given'}`, { name: nameOf(proxy.toId) })}{' '}
        {proxy.period ? (
          <Anchor component={Link} to="/meetings/proxies" size="xs">
            {t('period.see')}
          </Anchor>
        ) : (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            disabled={settle.isPending}
            onClick={() => settle.mutate({ id: meeting.id, proxyId: proxy.id, as: 'revoked' })}
          >
            {t('proxy.revoke')}
          </Button>
        )}
      </Text>
    ));
}
