import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconScale } from '@tabler/icons-react';
import { ConflictDialog } from '../../agenda/conflict-dialog.tsx';
import { ItemConflicts } from '../../agenda/item-conflicts.tsx';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { recusalOf } from './recusal.ts';

/** Who takes no part in an item: told to themself, and to who conducts, who assesses it. */
export function Recusals({ item }: { item: AgendaItem }) {
  const { meeting, myId } = useSitting();
  const declared = meeting.conflicts.some(({ itemId, lifted }) => itemId === item.id && !lifted);
  if (!declared) return null;
  const recusal = recusalOf(meeting.conflicts, myId, item.id);
  return (
    <Stack gap="sm">
      {recusal && <OwnRecusal kind={recusal} />}
      {meeting.me.conducts && <ItemConflicts item={item} meeting={meeting} />}
    </Stack>
  );
}

function OwnRecusal({ kind }: { kind: NonNullable<ReturnType<typeof recusalOf>> }) {
  const t = useSay();
  return (
    <Alert color="yellow" icon={<IconScale aria-hidden />} title={t('sitting.recusal.title')}>
      {t(`sitting.recusal.${kind}`)}
    </Alert>
  );
}

const DECLARED_IN: ReadonlySet<Meeting['state']> = new Set(['convened', 'frozen', 'in-session', 'suspended']);

/** Declares a conflict of interest: one's own or somebody else's. */
export function DeclareConflict({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { meeting } = useSitting();
  const [opened, { open, close }] = useDisclosure(false);
  const { conducts, takesPart } = meeting.me;
  if (!DECLARED_IN.has(meeting.state) || item.state === 'done' || !(conducts || takesPart)) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        ms="auto"
        c="dimmed"
        leftSection={<IconScale size={15} stroke={1.7} aria-hidden />}
        onClick={open}
      >
        {t('sitting.recusal.declare')}
      </Button>
      <ConflictDialog meeting={meeting} item={item} opened={opened} onClose={close} />
    </>
  );
}
