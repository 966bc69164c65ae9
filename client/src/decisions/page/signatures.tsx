import type { Decision, Signature } from '@concert/domain/decisions/api.ts';
import { MandateRole } from '@concert/domain/governance/api.ts';
import { Text } from '@mantine/core';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { PersonLine } from '../../ui/person-line.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import styles from './decision.module.css';

/** [R9] Who has signed, as what, and when. */
export function Signatures({ decision: { signatures, state } }: { decision: Decision }) {
  const t = useText(messages);
  if (state === 'draft') return null;
  return (
    <Section title={t('signatures.title')}>
      {signatures.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('signatures.none')} {state === 'adopted' && t('signatures.chair')}
        </Text>
      )}
      <ul className={styles.signatures} aria-label={t('signatures.title')}>
        {signatures.map((signature) => (
          <li key={signature.personId}>
            <Signed signature={signature} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Signed({ signature }: { signature: Signature }) {
  const t = useText(messages);
  const format = useFormat();
  const { role, seatTitle, at } = signature;
  const known = MandateRole.exclude(['observer']).safeParse(role);
  const quality = seatTitle ?? (known.success ? t(`role.${known.data}`) : '');
  return (
    <PersonLine
      person={signature}
      detail={[quality, t('signatures.on', { date: format.date(at, 'medium') })].filter(Boolean).join(' · ')}
    />
  );
}
