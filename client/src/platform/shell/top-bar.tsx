import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { useWindowScroll } from '@mantine/hooks';
import { IconLayoutSidebar, IconMenu2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { useModules } from '../modules-context.tsx';
import { usePageState } from '../page.tsx';
import { LanguageMenu, ThemeMenu } from './preference-menus.tsx';
import styles from './shell.module.css';

type Props = { readonly collapsed: boolean; readonly onCollapse: () => void; readonly onMenu: () => void };

/** Breadcrumb, what the page puts there, language and appearance. */
export function TopBar({ collapsed, onCollapse, onMenu }: Props) {
  const t = useText(common);
  const modules = useModules();
  const page = usePageState();
  const [{ y }] = useWindowScroll();
  const crumbs = page?.crumbs ?? [];
  return (
    <header className={styles.bar} data-lifted={y > 4 || undefined}>
      <ActionIcon className={styles.menu} aria-label={t('shell.openNavigation')} onClick={onMenu}>
        <IconMenu2 size={20} aria-hidden />
      </ActionIcon>
      <ActionIcon
        visibleFrom="sm"
        aria-label={collapsed ? t('shell.expand') : t('shell.collapse')}
        aria-expanded={!collapsed}
        onClick={onCollapse}
      >
        <IconLayoutSidebar size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
      <nav aria-label={t('shell.breadcrumb')} style={{ flex: 1, minWidth: 0 }}>
        <ol className={styles.crumbs}>
          {crumbs.map(({ label, to }) => (
            <li key={to ?? 'here'}>{to ? <Link to={to}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
          ))}
        </ol>
      </nav>
      {/* A change of page is silent to a screen reader unless it is said. */}
      <VisuallyHidden role="status">{crumbs.at(-1)?.label}</VisuallyHidden>
      <div className={styles.slot} ref={page?.setSlot} />
      {modules.map(({ name, TopBarItem }) => TopBarItem && <TopBarItem key={name} />)}
      <div className={styles.preferences}>
        <LanguageMenu />
        <ThemeMenu />
      </div>
    </header>
  );
}
