import type { Body, RulesVersion } from '@concert/domain/governance/api.ts';
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { changedRules } from './rule-words.ts';
import { useWords } from './use-words.ts';

/** Says since when a version is in force and who set it; or that it is the platform's own. */
export function useVersionText(): (version: RulesVersion) => string {
  const t = useText(messages);
  const format = useFormat();
  return ({ version, since, by }) => {
    if (version === 0 || !since) return t('rules.ofPlatform');
    const date = format.date(since);
    return by?.name ? t('rules.setBy', { version, date, name: by.name }) : t('rules.setOn', { version, date });
  };
}

type Props = { readonly body: Body; readonly versions: readonly RulesVersion[]; readonly shown: number };

/** Every version, the one in force first, with what it changed. Meetings go by the one of their convocation. */
export function Versions({ body, versions, shown }: Props) {
  const t = useText(messages);
  return (
    <Section title={t('rules.versions')} detail={t('rules.versionsDetail')}>
      <Rows label={t('rules.versions')}>
        {versions.map((version, index) => (
          <VersionRow
            key={version.version}
            version={version}
            before={versions[index + 1]}
            to={`/bodies/${body.id}/rules${index === 0 ? '' : `?version=${version.version}`}`}
            open={version.version === shown}
            inForce={index === 0}
          />
        ))}
      </Rows>
    </Section>
  );
}

type RowProps = {
  readonly version: RulesVersion;
  readonly before: RulesVersion | undefined;
  readonly to: string;
  readonly open: boolean;
  readonly inForce: boolean;
};

function VersionRow({ version, before, to, open, inForce }: RowProps) {
  const t = useText(messages);
  const format = useFormat();
  const words = useWords();
  const changed = before ? changedRules(version.rules, before.rules, words).map((id) => t(`rules.name.${id}`)) : [];
  const about = [
    version.since && format.date(version.since, 'medium'),
    version.by?.name,
    before && (changed.length > 0 ? t('rules.changes', { list: changed.join(', ') }) : t('rules.sameAsBefore')),
  ];
  return (
    <Group py="xs" gap="sm" wrap="nowrap" align="baseline">
      <Anchor component={Link} to={to} size="sm" fw={560} flex="none" aria-current={open ? 'page' : undefined}>
        {t('rules.version', { version: version.version })}
      </Anchor>
      <Text size="xs" c="dimmed" flex={1}>
        {about.filter(Boolean).join(' · ')}
      </Text>
      {inForce && (
        <Badge radius="sm" variant="light">
          {t('rules.inForce')}
        </Badge>
      )}
    </Group>
  );
}
