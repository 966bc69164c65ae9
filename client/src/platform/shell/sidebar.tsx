import { Badge, Menu, Tooltip } from '@mantine/core';
import { IconLogout, IconSearch, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, NavLink, useNavigate } from 'react-router';
import { sayProblem } from '../../ui/notify.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { useRefText, useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { inOrder, type NavItem } from '../module.ts';
import { useModules } from '../modules-context.tsx';
import { orpc } from '../query.ts';
import { useMe, useSession } from '../session.tsx';
import { Logo } from './logo.tsx';
import { openPalette } from './palette-store.ts';
import styles from './shell.module.css';

type Props = { readonly onGo: () => void; readonly collapsed?: boolean };

/** The left navigation: search, pages of the slices, their lists, the person. */
export function Sidebar({ onGo, collapsed = false }: Props) {
  const t = useText(common);
  const me = useMe();
  const modules = useModules();
  const boot = useQuery({ ...orpc.accounts.boot.queryOptions({ input: {} }), staleTime: Number.POSITIVE_INFINITY });
  const items = inOrder(modules.flatMap(({ nav }) => nav ?? []))
    .filter(({ demoOnly }) => !demoOnly || boot.data?.demo)
    .filter(({ isFor }) => !isFor || isFor(me));

  return (
    <div className={styles.sidebar}>
      <Link to="/" className={styles.brand} onClick={onGo}>
        <Logo size={24} />
        <span className={styles.words}>Concert</span>
        {boot.data?.demo && (
          <Tooltip label={t('shell.demo.detail')}>
            <Badge className={styles.wide} size="xs" variant="light" ml="auto">
              {t('shell.demo')}
            </Badge>
          </Tooltip>
        )}
      </Link>
      <button
        type="button"
        className={styles.search}
        onClick={() => {
          onGo();
          openPalette();
        }}
      >
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className={styles.words}>{t('shell.search')}</span>
        <kbd className={styles.wide} aria-hidden>
          Ctrl K
        </kbd>
      </button>
      <nav aria-label={t('shell.navigation')} className={styles.scroll}>
        {items.map((item) => (
          <Line key={item.id} item={item} onGo={onGo} collapsed={collapsed} />
        ))}
        {!collapsed && modules.map(({ name, NavSection }) => NavSection && <NavSection key={name} onGo={onGo} />)}
      </nav>
      <PersonMenu onGo={onGo} />
    </div>
  );
}

function Line({ item, onGo, collapsed }: { item: NavItem; onGo: () => void; collapsed: boolean }) {
  const say = useRefText();
  const Sign = item.icon;
  return (
    <Tooltip label={say(item.label)} position="right" disabled={!collapsed}>
      <NavLink to={item.to} end={item.to === '/'} className={styles.link} onClick={onGo}>
        <Sign size={18} stroke={1.7} aria-hidden />
        <span className={styles.words}>{say(item.label)}</span>
      </NavLink>
    </Tooltip>
  );
}

function PersonMenu({ onGo }: { onGo: () => void }) {
  const t = useText(common);
  const me = useMe();
  const { signOut } = useSession();
  const navigate = useNavigate();
  const leave = () => signOut().catch((error: unknown) => sayProblem(error, t('shell.signOutFailed')));
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={styles.person} aria-label={`${t('shell.account')}: ${me.name}`}>
          <PersonAvatar person={me} size={26} decorative />
          <span className={styles.words}>{me.name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item
          leftSection={<IconSettings size={16} />}
          onClick={() => {
            onGo();
            void navigate('/settings');
          }}
        >
          {t('shell.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
