import { LOCALES } from '@concert/contract';
import { Group, Kbd, Text } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { IconHome, IconLanguage, IconLogout, IconSearch, IconSettings } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { sayProblem } from '../../ui/notify.ts';
import { ref, useRefText, useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { type ClientModule, type Command, inOrder } from '../module.ts';
import { useModules } from '../modules-context.tsx';
import { usePreferences } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { chooseFirst, paletteStore } from './palette-store.ts';
import { LANGUAGE_NAMES, SCHEME_ICON, SCHEMES } from './preference-menus.tsx';

const PER_GROUP = 8;

const TWO_LINES = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
} as const;

/** Folds case and accents away, so that "reglages" finds "Réglages". */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How well a command answers: its label begins with what was typed, holds it, its detail does, or a server found it. */
function rankOf(command: Command, query: string, words: readonly string[]): number {
  const { label, detail = '', found = false, last = false } = command;
  if (last) return 4;
  const name = fold(label);
  if (name.startsWith(query)) return 0;
  if (words.every((word) => name.includes(word))) return 1;
  if (words.every((word) => `${name} ${fold(detail)}`.includes(word))) return 2;
  return found ? 3 : Number.POSITIVE_INFINITY;
}

/** The commands that answer what was typed, best first; in the order given while nothing is typed. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const typed = fold(query.trim());
  const words = typed.split(/\s+/).filter(Boolean);
  return commands
    .map((command) => ({ command, rank: rankOf(command, typed, words) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

/** Pages, appearance, language, leaving: what the platform itself offers. */
function usePlatformCommands(): Command[] {
  const t = useText(common);
  const say = useRefText();
  const navigate = useNavigate();
  const { me, signOut } = useSession();
  const { setLocale, setScheme } = usePreferences();
  const modules = useModules();
  const pages = inOrder(modules.flatMap(({ nav }) => nav ?? [])).filter(
    ({ demoOnly, isFor }) => !demoOnly && (!isFor || (me && isFor(me))),
  );
  const go = ref(common, 'palette.go');
  const settings = ref(common, 'palette.settings');
  return [
    ...pages.map((item) => ({
      id: `page ${item.id}`,
      group: go,
      label: say(item.label),
      icon: item.icon ?? IconHome,
      run: () => void navigate(item.to),
    })),
    {
      id: 'settings',
      group: go,
      label: t('shell.settings'),
      icon: IconSettings,
      run: () => void navigate('/settings'),
    },
    ...SCHEMES.map((scheme) => ({
      id: `scheme ${scheme}`,
      group: settings,
      label: t('palette.theme', { name: t(`shell.theme.${scheme}`) }),
      icon: SCHEME_ICON[scheme],
      run: () => setScheme(scheme),
    })),
    ...LOCALES.map((locale) => ({
      id: `locale ${locale}`,
      group: settings,
      label: t('palette.language', { name: LANGUAGE_NAMES[locale] }),
      icon: IconLanguage,
      run: () => setLocale(locale),
    })),
    {
      id: 'sign-out',
      group: settings,
      label: t('shell.signOut'),
      icon: IconLogout,
      run: () => void signOut().catch((error: unknown) => sayProblem(error, t('shell.signOutFailed'))),
    },
  ];
}

const useNoCommands = (): readonly Command[] => [];

/** Calls every slice's hook. The list of slices never changes while the page lives, so the order of hooks holds. */
function useModuleCommands(modules: readonly ClientModule[], query: string): Command[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: the same hooks in the same order at every call, see above
  return modules.flatMap(({ useCommands = useNoCommands }) => useCommands(query));
}

/** The command palette: Ctrl+K from anywhere, a text being written included. */
export function Palette() {
  const t = useText(common);
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      styles={{
        actionsList: { maxHeight: 'min(27rem, calc(100dvh - 14rem))' },
        actionDescription: TWO_LINES,
      }}
      size={620}
      radius="lg"
      centered={false}
      overlayProps={{ backgroundOpacity: 0.3, blur: 1 }}
      clearQueryOnClose
      closeOnActionTrigger
      attributes={{ content: { 'aria-label': t('shell.search') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('shell.search')}
        leftSection={<IconSearch size={19} stroke={1.7} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: results are chosen with the arrows; this lets the list be scrolled by keyboard */}
        <section tabIndex={0} aria-label={t('palette.results')}>
          <Results query={query} />
        </section>
      </Spotlight.ActionsList>
      <Spotlight.Footer visibleFrom="xs">
        <Group gap="md">
          <Hint keys="↑ ↓" text={t('palette.hint.move')} />
          <Hint keys="↵" text={t('palette.hint.open')} />
          <Hint keys="Esc" text={t('palette.hint.close')} />
        </Group>
      </Spotlight.Footer>
    </Spotlight.Root>
  );
}

function Hint({ keys, text }: { keys: string; text: string }) {
  return (
    <Group gap={6}>
      <Kbd size="xs">{keys}</Kbd>
      <Text size="xs" c="dimmed">
        {text}
      </Text>
    </Group>
  );
}

function Results({ query }: { query: string }) {
  const t = useText(common);
  const say = useRefText();
  const fromModules = useModuleCommands(useModules(), query);
  const fromPlatform = usePlatformCommands();
  const groups = useMemo(() => {
    const byGroup = new Map<string, Command[]>();
    for (const command of matching([...fromModules, ...fromPlatform], query)) {
      const group = say(command.group);
      byGroup.set(group, [...(byGroup.get(group) ?? []), command]);
    }
    return [...byGroup];
  }, [fromModules, fromPlatform, query, say]);

  // What a server finds comes later: Enter takes the first of what is shown, unless somebody has chosen another.
  const first = groups[0]?.[1][0]?.id;
  useEffect(() => {
    if (first !== undefined && query !== '') chooseFirst();
  }, [first, query]);

  if (groups.length === 0) return <Spotlight.Empty>{t('palette.empty')}</Spotlight.Empty>;
  return groups.map(([group, commands]) => (
    <Spotlight.ActionsGroup key={group} label={group}>
      {commands.slice(0, PER_GROUP).map(({ id, label, detail, icon: Sign, run }) => (
        <Spotlight.Action
          key={id}
          label={label}
          description={detail}
          leftSection={<Sign size={18} stroke={1.6} aria-hidden />}
          onClick={run}
        />
      ))}
    </Spotlight.ActionsGroup>
  ));
}
