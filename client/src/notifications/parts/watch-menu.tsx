import { WATCH_LEVELS, type WatchLevel } from '@concert/domain/notifications/rules.ts';
import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core';
import { type Icon, IconAt, IconBellOff, IconCheck, IconEye, IconEyePlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import type { SubjectProps } from '../../platform/module.ts';
import { client, orpc } from '../../platform/query.ts';
import { sayProblem } from '../../ui/notify.ts';
import { messages } from '../messages.ts';

const SIGNS: Readonly<Record<WatchLevel, Icon>> = {
  everything: IconEyePlus,
  participating: IconEye,
  mentions: IconAt,
  muted: IconBellOff,
};

const SLICE = { workspace: 'workspaces', document: 'documents', thread: 'threads' } as const;

/** How much somebody wants to hear of a discussion, a document or a workspace. */
export function WatchMenu({ kind, id }: SubjectProps) {
  const t = useText(messages);
  const queries = useQueryClient();
  const slice = SLICE[kind];
  const watch = useQuery(orpc.notifications.watches[slice].get.queryOptions({ input: { id } }));
  if (!watch.data) return null;
  const { level, own } = watch.data;
  const Sign = SIGNS[level];
  const set = (wanted: WatchLevel | null) =>
    client.notifications.watches[slice].set({ id, level: wanted }).then(
      () => queries.invalidateQueries({ queryKey: orpc.notifications.watches.key() }),
      (error: unknown) => sayProblem(error, t('watch.failed')),
    );
  const label = t('watch.label', { level: t(`watch.${level}`) });
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon aria-label={label}>
            <Sign size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('watch.title')}</Menu.Label>
        {WATCH_LEVELS.map((each) => {
          const Each = SIGNS[each];
          return (
            <Menu.Item
              key={each}
              leftSection={<Each size={17} stroke={1.7} aria-hidden />}
              rightSection={each === level && <IconCheck size={16} aria-hidden />}
              aria-current={each === level || undefined}
              onClick={() => void set(each)}
            >
              {t(`watch.${each}`)}
              <Text size="xs" c="dimmed" component="div">
                {t(`watch.${each}.detail`)}
              </Text>
            </Menu.Item>
          );
        })}
        {own !== null && kind !== 'workspace' && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void set(null)}>{t('watch.inherit')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
