import type { Body, RulesVersion } from '@concert/domain/governance/api.ts';
import { DEFAULT_RULES, type RuleSet, WORKING_GROUP_RULES } from '@concert/domain/governance/rule-set.ts';
import { Alert, Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { orpc, problemOf } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { MajorityFields } from './majority-fields.tsx';
import { PLAIN_FIELDS } from './plain-fields.tsx';
import { outOfReach } from './presets.ts';
import { QuorumFields } from './quorum-fields.tsx';
import { RuleField } from './rule-field.tsx';
import { CHAPTERS, type RuleId } from './rule-words.ts';
import styles from './rules.module.css';

type Props = {
  readonly body: Body;
  /** The version from which the change began. */
  readonly base: RulesVersion;
  /** The version in force, which may have become another meanwhile. */
  readonly current: RulesVersion;
  /** Begins again, with the version in force. */
  readonly onRestart: () => void;
  readonly onDone: () => void;
};

/** Whether every share can be reached: a rule by which nothing could ever be adopted is not sent. */
const possible = ({ quorum, majorities }: RuleSet): boolean =>
  !outOfReach(majorities.ordinary) &&
  !outOfReach(majorities.qualified) &&
  (quorum.base === 'none' || !outOfReach(quorum));

function useSave({ onDone }: Props) {
  const t = useText(messages);
  const queries = useQueryClient();
  return useMutation(
    orpc.governance.setRules.mutationOptions({
      onSuccess: ({ version }) => {
        sayDone(t('rules.saved', { version }));
        onDone();
      },
      // A refusal may mean that there is a newer version to be read.
      onSettled: () => queries.invalidateQueries({ queryKey: orpc.governance.key() }),
      meta: { saidInPlace: true },
    }),
  );
}

/** [G9] Sets the rules as a whole: what is saved is a new version, for meetings convened from then on. */
export function RulesForm(props: Props) {
  const { body, base, onDone } = props;
  const t = useText(messages);
  const say = useText(common);
  const [rules, setRules] = useState(base.rules);
  const save = useSave(props);
  const same = JSON.stringify(rules) === JSON.stringify(base.rules);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id: body.id, rules, expectedVersion: base.version });
      }}
    >
      <Section title={t('rules.editTitle')} detail={t('rules.editDetail')}>
        <Models onChoose={setRules} />
        <Stack gap="xl" maw="46rem" mt="lg">
          {CHAPTERS.map(({ id, rules: ids }) => (
            <div key={id}>
              <Title order={3} className={styles.chapter}>
                {t(`rules.chapter.${id}`)}
              </Title>
              {ids.map((rule) => (
                <RuleField key={rule} id={rule} rules={rules}>
                  <Fields id={rule} rules={rules} onChange={(change) => setRules({ ...rules, ...change })} />
                </RuleField>
              ))}
            </div>
          ))}
        </Stack>
      </Section>
      <Stack gap="sm" className={styles.save} maw="46rem">
        <Refused {...props} error={save.error} />
        <Group gap="sm">
          <Button type="submit" loading={save.isPending} disabled={same || !possible(rules)}>
            {t('rules.save', { version: base.version + 1 })}
          </Button>
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          {same && (
            <Text size="sm" c="dimmed">
              {t('rules.unchanged')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

type FieldsProps = {
  readonly id: RuleId;
  readonly rules: RuleSet;
  readonly onChange: (change: Partial<RuleSet>) => void;
};

function Fields({ id, rules, onChange }: FieldsProps) {
  const t = useText(messages);
  if (id === 'quorum') return <QuorumFields value={rules.quorum} onChange={(quorum) => onChange({ quorum })} />;
  if (id === 'ordinary' || id === 'qualified')
    return (
      <MajorityFields
        name={t(`rules.name.${id}`)}
        value={rules.majorities[id]}
        onChange={(majority) => onChange({ majorities: { ...rules.majorities, [id]: majority } })}
      />
    );
  const Plain = PLAIN_FIELDS[id];
  return <Plain rules={rules} onChange={onChange} />;
}

/** Whole sets of rules to begin with. */
function Models({ onChoose }: { onChoose: (rules: RuleSet) => void }) {
  const t = useText(messages);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {t('rules.models')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown maw="20rem">
        <Menu.Item onClick={() => onChoose(DEFAULT_RULES)}>{t('rules.model.assembly')}</Menu.Item>
        <Menu.Item onClick={() => onChoose(WORKING_GROUP_RULES)}>{t('rules.model.workingGroup')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why the rules were not saved; and, when somebody else was quicker, the way on. */
function Refused({ base, current, onRestart, error }: Props & { error: unknown }) {
  const t = useText(messages);
  const explain = useProblemText();
  const overtaken = current.version !== base.version;
  if (!error && !overtaken) return null;
  const changed = overtaken || problemOf(error).reason === 'rules-changed';
  return (
    <Alert color={changed ? 'yellow' : 'red'} role="alert">
      <Stack gap="xs" align="flex-start">
        {changed ? t('problem.rules-changed') : explain(error)}
        {overtaken && (
          <Button size="xs" variant="default" onClick={onRestart}>
            {t('rules.restart', { version: current.version })}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
