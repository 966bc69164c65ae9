import type { Poll, PollResult } from '@concert/domain/meetings/polls-api.ts';
import { ScrollArea, Table } from '@mantine/core';
import { useFormat } from '../../../platform/format.ts';
import { useSay } from '../say.ts';
import { isMotion } from './bars.ts';
import { countLabel } from './labels.ts';
import { ballotsText } from './numbers.ts';
import styles from './poll.module.css';
import { useCount } from './result-bars.tsx';

type Props = { readonly poll: Poll; readonly result: PollResult };

/** The same numbers, college by college. */
export function CollegeTable({ poll, result, unit }: Props & { readonly unit: 'heads' | 'weight' }) {
  const t = useSay();
  const count = useCount(unit);
  if (result.byCollege.length === 0) return null;
  const colleges = result.byCollege;
  return (
    <details className={styles.more}>
      <summary>{t('poll.byCollege')}</summary>
      <ScrollArea>
        <Table verticalSpacing={6} className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t(isMotion(poll) ? 'poll.voteColumn' : 'poll.option')}</Table.Th>
              {colleges.map(({ college }) => (
                <Table.Th key={college} scope="col">
                  {college}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.lines.map(({ key }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">{countLabel(poll, key, t)}</Table.Th>
                {colleges.map(({ college, lines }) => (
                  <Table.Td key={college}>
                    {count(lines.find((line) => line.key === key) ?? { heads: 0, weight: 0 })}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </details>
  );
}

/** How a count by preferences went, stage by stage. */
export function StageTable({ poll, result }: Props) {
  const t = useSay();
  const format = useFormat();
  const { stages, quota } = result;
  if (stages.length === 0) return null;
  return (
    <details className={styles.more} open>
      <summary>{t('poll.stages')}</summary>
      {quota !== undefined && (
        <p className={styles.quota}>{t('poll.quota', { quota: ballotsText(quota, format.number).shown })}</p>
      )}
      <ScrollArea>
        <Table verticalSpacing={6} className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('poll.option')}</Table.Th>
              {stages.map(({ stage }) => (
                <Table.Th key={stage} scope="col">
                  {t('poll.stage', { number: stage })}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {poll.options.map(({ id, label }) => (
              <Table.Tr key={id}>
                <Table.Th scope="row">{label}</Table.Th>
                {stages.map((stage) => (
                  <StageCell key={stage.stage} stage={stage} option={id} />
                ))}
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row">{t('poll.nonTransferable')}</Table.Th>
              {stages.map(({ stage, nonTransferable }) => (
                <Table.Td key={stage}>
                  <Votes value={nonTransferable} />
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </details>
  );
}

/** Votes of a count by preferences: as many decimals as are read, all of them on pointing. */
function Votes({ value }: { value: number }) {
  const { number } = useFormat();
  const { shown, whole } = ballotsText(value, number);
  return whole === shown ? shown : <span title={whole}>{shown}</span>;
}

type CellProps = {
  readonly stage: PollResult['stages'][number];
  readonly option: string;
};

function StageCell({ stage, option }: CellProps) {
  const t = useSay();
  const own = stage.votes.find((line) => line.option === option);
  const elected = stage.elected.includes(option);
  const excluded = stage.excluded.includes(option);
  return (
    <Table.Td data-elected={elected || undefined} data-excluded={excluded || undefined}>
      {own ? <Votes value={own.votes} /> : '–'}
      {elected && <span className={styles.mark}>{t('poll.elected')}</span>}
      {excluded && <span className={styles.mark}>{t('poll.excluded')}</span>}
    </Table.Td>
  );
}
