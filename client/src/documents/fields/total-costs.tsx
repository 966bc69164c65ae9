import { type OptionCost, type TotalCosts, totalCosts } from '@concert/domain/needs/tco.ts';
import { Table, Text } from '@mantine/core';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { useFields } from './context.tsx';
import styles from './total-costs.module.css';

/** What the options cost over the period, computed from what has been entered so far. */
export function TotalCostsTable() {
  const t = useText(messages);
  const format = useFormat();
  const { parsed } = useFields();
  const costs = totalCosts(parsed.values);
  if (!costs.ok) {
    return (
      <Text size="sm" c="dimmed" className={styles.box}>
        {t(`tco.${costs.reason}`)}
      </Text>
    );
  }
  const least = Math.min(...costs.options.map(({ total }) => Number(total)));
  return (
    <section className={styles.box} aria-label={t('tco.title')}>
      <Text fw={600} size="sm">
        {t('tco.title')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('tco.basis', { years: costs.years, rate: format.number(Number(costs.discountRate)) })}
      </Text>
      <Table.ScrollContainer minWidth={260}>
        <Table verticalSpacing={6} horizontalSpacing="xs" className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('tco.option')}</Table.Th>
              <Table.Th scope="col">{t('tco.total')}</Table.Th>
              <Table.Th scope="col">{t('tco.saving')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {costs.options.map((option, at) => (
              <OptionRow key={option.id} option={option} at={at} costs={costs} least={Number(option.total) === least} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={6}>
        {t('tco.note')}
      </Text>
    </section>
  );
}

function OptionRow({
  option,
  at,
  costs,
  least,
}: {
  option: OptionCost;
  at: number;
  costs: TotalCosts;
  least: boolean;
}) {
  const t = useText(messages);
  const format = useFormat();
  const { name, doNothing, total, saving, breakEvenYear } = option;
  const money = (amount: string) => format.money({ amount, currency: costs.currency });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={least ? 620 : 400}>
        {name || t('tco.unnamed', { number: at + 1 })}
        {doNothing && (
          <Text span size="xs" c="dimmed" display="block">
            {t('tco.doNothing')}
          </Text>
        )}
      </Table.Th>
      <Table.Td fw={least ? 620 : 400}>{money(total)}</Table.Td>
      <Table.Td>
        {saving === undefined ? '–' : money(saving)}
        {breakEvenYear !== undefined && (
          <Text span size="xs" c="dimmed" display="block">
            {breakEvenYear === null ? t('tco.never') : t('tco.breakEven', { year: breakEvenYear })}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
