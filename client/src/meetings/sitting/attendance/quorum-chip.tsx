import { Badge, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useFormat } from '../../../platform/format.ts';
import { asVotes } from '../polls/numbers.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';

/** The numbers of the quorum as they are said: heads, or votes where seats have weights. */
export function useQuorumNumbers() {
  const format = useFormat();
  const { quorum } = useSitting().meeting;
  const say = (count: number) => format.number(quorum.unit === 'weight' ? asVotes(count) : count);
  return { present: say(quorum.present), needed: say(quorum.needed), of: say(quorum.of) };
}

/** Whether enough are there, in a sentence; nothing where none is asked. */
export function useQuorumText(): string | undefined {
  const t = useSay();
  const { quorum } = useSitting().meeting;
  const numbers = useQuorumNumbers();
  if (quorum.secondCall) return t('sitting.quorum.secondCall');
  if (!quorum.asked) return undefined;
  return t(quorum.reached ? 'sitting.quorum.reached' : 'sitting.quorum.missing', numbers);
}

/** "Quorum 14/11": how many are there, and how many are needed. */
export function QuorumChip() {
  const t = useSay();
  const { quorum } = useSitting().meeting;
  const { present, needed } = useQuorumNumbers();
  const text = useQuorumText();
  if (!quorum.asked || quorum.secondCall) return null;
  return (
    <Tooltip label={text}>
      <Badge
        radius="sm"
        variant="light"
        color={quorum.reached ? 'lagoon' : 'yellow'}
        leftSection={quorum.reached ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
      >
        <span aria-hidden>{t('sitting.quorum.chip', { present, needed })}</span>
        <VisuallyHidden>{text}</VisuallyHidden>
      </Badge>
    </Tooltip>
  );
}
