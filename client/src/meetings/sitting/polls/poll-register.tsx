import type { Poll, RegisterLine } from '@concert/domain/meetings/polls-api.ts';
import { ScrollArea, Table, Text } from '@mantine/core';
import { useFormat } from '../../../platform/format.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { unitShown } from './bars.ts';
import { asVotes } from './numbers.ts';
import styles from './poll.module.css';
import { countsOf, standingOf } from './register.ts';

/** Who was entitled to vote when the poll opened, by whom, and who was recused, represented or away. */
export function PollRegister({ poll }: { poll: Poll }) {
  const t = useSay();
  const format = useFormat();
  if (poll.register.length === 0) return null;
  const { quorum } = poll;
  const counts = countsOf(poll.register);
  const weighed = unitShown(poll) === 'weight';
  return (
    <details className={styles.more}>
      <summary>{t('poll.register')}</summary>
      <Text size="sm" c="dimmed" mt={6}>
        {t('poll.register.counts', counts)}
        {quorum?.asked && <> {t(quorum.reached ? 'poll.register.quorum' : 'poll.register.noQuorum')}</>}
      </Text>
      <ScrollArea>
        <Table verticalSpacing={6} className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('poll.register.seat')}</Table.Th>
              <Table.Th scope="col">{t('poll.register.voter')}</Table.Th>
              {weighed && <Table.Th scope="col">{t('poll.register.votes')}</Table.Th>}
              <Table.Th scope="col">{t('poll.register.standing')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {poll.register.map((line) => (
              <Table.Tr key={line.seatId}>
                <Table.Th scope="row">
                  {line.title}
                  {line.college && (
                    <Text component="span" size="xs" c="dimmed" display="block">
                      {line.college}
                    </Text>
                  )}
                </Table.Th>
                <Table.Td>
                  <Voter poll={poll} line={line} />
                </Table.Td>
                {weighed && <Table.Td>{format.number(asVotes(line.weight))}</Table.Td>}
                <Table.Td>{t(`poll.standing.${standingOf(line)}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </details>
  );
}

function Voter({ poll, line }: { poll: Poll; line: RegisterLine }) {
  const t = useSay();
  const { person } = useSitting();
  const nameOf = (id: string | undefined): string | undefined =>
    id === undefined
      ? undefined
      : (poll.voters.find(({ personId }) => personId === id)?.name ?? person(id)?.name ?? t('sitting.somebody'));
  const voter = nameOf(line.voterId);
  const holder = nameOf(line.holderId);
  if (!voter) return <>{holder ?? t('poll.register.vacant')}</>;
  if (line.via === 'self' || line.via === undefined || !holder) return <>{voter}</>;
  return (
    <>
      {voter}
      <Text component="span" size="xs" c="dimmed" display="block">
        {t(`poll.register.${line.via}`, { name: holder })}
      </Text>
    </>
  );
}
