import type { Body, RulesVersion } from '@concert/domain/governance/api.ts';
import { Alert, Button, Stack } from '@mantine/core';
import { IconHistory, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useManages } from '../parts/manages.ts';
import { RulesForm } from './rules-form.tsx';
import { RulesText } from './rules-text.tsx';
import { useVersionText, Versions } from './versions.tsx';

/** [G9] By which rules a body meets and votes: those in force, or an earlier version. */
export function RulesTab({ body }: { body: Body }) {
  const rules = useQuery(orpc.governance.rules.queryOptions({ input: { id: body.id } }));
  const [params] = useSearchParams();
  const [editing, setEditing] = useState<RulesVersion>();
  if (rules.isPending) return <ListSkeleton count={6} />;
  if (rules.isError) return <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />;
  const [current] = rules.data.items;
  if (!current) return null;
  if (editing)
    return (
      <RulesForm
        key={editing.version}
        body={body}
        base={editing}
        current={current}
        onRestart={() => setEditing(current)}
        onDone={() => setEditing(undefined)}
      />
    );
  const asked = Number(params.get('version') ?? current.version);
  const shown = rules.data.items.find(({ version }) => version === asked) ?? current;
  return (
    <Reading
      body={body}
      shown={shown}
      current={current}
      versions={rules.data.items}
      onEdit={() => setEditing(current)}
    />
  );
}

type ReadingProps = {
  readonly body: Body;
  readonly shown: RulesVersion;
  readonly current: RulesVersion;
  readonly versions: readonly RulesVersion[];
  readonly onEdit: () => void;
};

function Reading({ body, shown, current, versions, onEdit }: ReadingProps) {
  const t = useText(messages);
  const manages = useManages() && body.state === 'active';
  const describe = useVersionText();
  const earlier = shown.version !== current.version;
  return (
    <Stack gap="2.5rem">
      <Section
        title={t(earlier ? 'rules.earlierTitle' : 'rules.title', { version: shown.version })}
        detail={describe(shown)}
        action={
          manages &&
          !earlier && (
            <Button flex="none" variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
              {t('rules.edit')}
            </Button>
          )
        }
      >
        {earlier && (
          <Alert color="yellow" icon={<IconHistory aria-hidden />} role="status" mb="lg">
            <Stack gap="xs" align="flex-start">
              {t('rules.earlier')}
              <Button component={Link} to={`/bodies/${body.id}/rules`} size="xs" variant="default">
                {t('rules.toCurrent')}
              </Button>
            </Stack>
          </Alert>
        )}
        <RulesText rules={shown.rules} {...(earlier ? { current: current.rules } : {})} />
      </Section>
      {versions.length > 1 && <Versions body={body} versions={versions} shown={shown.version} />}
    </Stack>
  );
}
