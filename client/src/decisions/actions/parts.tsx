import type { ActionItem } from '@concert/domain/decisions/actions-api.ts';
import type { Decision } from '@concert/domain/decisions/api.ts';
import { Anchor, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import type { MeetingPartProps } from '../../platform/module.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { ActionRow } from './action-row.tsx';
import { ActionDialog } from './lazy-dialog.tsx';
import { useFewActions } from './queries.ts';

const ON_HOME = 6;
const DAY_MS = 86_400_000;

/** What was done stays where it was ticked for a day, so that a slip is seen and taken back. */
const isRecent = ({ state, doneAt }: ActionItem): boolean =>
  state !== 'done' || doneAt === undefined || Date.now() - Date.parse(doneAt) < DAY_MS;

/** On the home page: what the reader has to do, ticked in place. Nothing while there is nothing. */
export function MyActions() {
  const t = useText(messages);
  const mine = useFewActions({ mine: true });
  const actions = (mine.data?.items ?? []).filter(isRecent).slice(0, ON_HOME);
  if (!mine.isError && actions.length === 0) return null;
  const all = (
    <Anchor component={Link} to="/actions" size="sm">
      {t('actions.home.all')}
    </Anchor>
  );
  return (
    <Section title={t('actions.home')} action={all}>
      {mine.isError && <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />}
      <Rows label={t('actions.home')}>
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} own />
        ))}
      </Rows>
    </Section>
  );
}

function GiveButton({ bodyId, decisionId }: { bodyId: string; decisionId?: string }) {
  const t = useText(messages);
  const [giving, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={open}>
        {t('actions.new')}
      </Button>
      <ActionDialog opened={giving} onClose={close} bodyId={bodyId} {...(decisionId ? { decisionId } : {})} />
    </>
  );
}

/** On the page of a decision: what is to be done because of it, and what was. */
export function DecisionActionItems({ decision: { id, bodyId, me } }: { decision: Decision }) {
  const t = useText(messages);
  const open = useFewActions({ decisionId: id });
  const closed = useFewActions({ decisionId: id, closed: true });
  const actions = [...(open.data?.items ?? []), ...(closed.data?.items ?? [])];
  if (actions.length === 0 && !me.conducts) return null;
  return (
    <Section title={t('actions.title')} action={me.conducts && <GiveButton bodyId={bodyId} decisionId={id} />}>
      {open.isSuccess && actions.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('actions.none.decision')}
        </Text>
      )}
      <Rows label={t('actions.title')}>
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} ofOne="decision" />
        ))}
      </Rows>
    </Section>
  );
}

/** [AI5] On the page of a meeting: what is carried to it. */
export function CarriedActions({ bodyId, conducts }: MeetingPartProps) {
  const t = useText(messages);
  const carried = useFewActions({ bodyId });
  const actions = carried.data?.items ?? [];
  if (actions.length === 0 && !conducts) return null;
  return (
    <Section
      title={t('actions.carried')}
      detail={t('actions.carried.detail')}
      action={conducts && <GiveButton bodyId={bodyId} />}
    >
      <Rows label={t('actions.carried')}>
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} ofOne="body" />
        ))}
      </Rows>
    </Section>
  );
}
