import { BASES, Basis, type Decision } from '@concert/domain/decisions/api.ts';
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { closesAloneOnEscape } from '../../ui/front-escape.ts';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { OtherGrounds } from './other-grounds.tsx';
import { PollFields, useOnlyBody } from './source-fields.tsx';
import { draftOf, emptyValues, isWhole, type Values } from './values.ts';
import { WordFields } from './word-fields.tsx';

type Named = { readonly id: string; readonly name: string };

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** For which the reader acts. */
  readonly bodies: readonly Named[];
  readonly bodyId?: string | undefined;
  /** What the new decision supersedes. */
  readonly former?: Decision;
};

/** Prepares the draft of a decision, and goes to its page. */
export function RecordDialog({ opened, onClose, bodies, bodyId, former }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(former ? 'supersede' : 'record')}
      closeButtonProps={{ 'aria-label': say('close') }}
      {...closesAloneOnEscape(onClose)}
    >
      <RecordForm onClose={onClose} bodies={bodies} bodyId={bodyId} {...(former ? { former } : {})} />
    </Modal>
  );
}

function RecordForm({ onClose, bodies, bodyId, former }: Omit<Props, 'opened'>) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const navigate = useNavigate();
  const create = useChange(client.decisions.create, true);
  const chosen = bodies.find(({ id }) => id === bodyId)?.id ?? null;
  const [values, setValues] = useState<Values>(() => emptyValues(chosen, former));
  const change = useCallback((more: Partial<Values>) => setValues((before) => ({ ...before, ...more })), []);
  useOnlyBody(bodies, { values, onChange: change });
  const submit = () =>
    create.mutate(draftOf(values, former?.id), {
      onSuccess: ({ id }) => {
        sayDone(t('form.created'));
        onClose();
        void navigate(`/decisions/${id}`);
      },
    });
  return (
    <Stack
      component="form"
      gap="md"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole(values)) submit();
      }}
    >
      {former && (
        <Text size="sm" c="dimmed">
          {t('form.supersedes', { number: former.number ?? '' })}
        </Text>
      )}
      <Grounds values={values} onChange={change} bodies={bodies} fixed={former !== undefined} />
      {values.basis === 'poll' ? (
        <PollFields values={values} onChange={change} />
      ) : (
        <OtherGrounds values={values} onChange={change} />
      )}
      <WordFields values={values} onChange={change} />
      {create.error && (
        <Alert color="red" variant="light" role="alert">
          {explain(create.error)}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {say('cancel')}
        </Button>
        <Button type="submit" disabled={!isWhole(values)} loading={create.isPending}>
          {t('form.create')}
        </Button>
      </Group>
    </Stack>
  );
}

type GroundsProps = {
  readonly values: Values;
  readonly onChange: (change: Partial<Values>) => void;
  readonly bodies: readonly Named[];
  readonly fixed: boolean;
};

function Grounds({ values, onChange, bodies, fixed }: GroundsProps) {
  const t = useText(messages);
  const nothing = { meetingId: null, pollId: null, documents: [] };
  return (
    <Group grow align="flex-start" gap="sm" preventGrowOverflow={false}>
      <Select
        label={t('form.body')}
        required
        miw="12rem"
        searchable
        disabled={fixed}
        data={bodies.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.bodyId}
        onChange={(bodyId) => onChange({ bodyId, ...nothing })}
      />
      <Select
        label={t('form.basis')}
        required
        miw="9rem"
        allowDeselect={false}
        data={BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
        value={values.basis}
        onChange={(basis) => onChange({ basis: Basis.parse(basis), ...nothing })}
      />
    </Group>
  );
}
