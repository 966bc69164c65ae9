import { Drawer } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { useText } from '../i18n.ts';
import { LiveProvider } from '../live.tsx';
import { common } from '../messages.ts';
import { useModules } from '../modules-context.tsx';
import { PageProvider } from '../page.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Palette } from './palette.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

/** Takes the focus along to a new page, where what was pressed to open it has gone with the old one. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

/** The frame around every page of a signed-in person. */
export function Shell() {
  const t = useText(common);
  const modules = useModules();
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'concert.rail',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [drawer, { open, close }] = useDisclosure(false);
  const { state } = useNavigation();
  const main = useFocusOnNewPage();
  return (
    <LiveProvider>
      <PageProvider>
        <div className={styles.root} data-collapsed={collapsed || undefined}>
          <a className={styles.skip} href="#content">
            {t('shell.skip')}
          </a>
          {state === 'loading' && <div className={styles.progress} aria-hidden />}
          <aside className={styles.rail}>
            <Sidebar onGo={() => undefined} collapsed={collapsed} />
          </aside>
          <Drawer.Root opened={drawer} onClose={close} size="17rem" padding={0}>
            <Drawer.Overlay backgroundOpacity={0.35} />
            <Drawer.Content aria-label={t('shell.navigation')} className={styles.drawer}>
              <Drawer.Body h="100%">
                <Sidebar onGo={close} />
              </Drawer.Body>
            </Drawer.Content>
          </Drawer.Root>
          <div className={styles.page}>
            <TopBar collapsed={collapsed} onCollapse={() => setCollapsed(!collapsed)} onMenu={open} />
            <ConnectionBanner />
            <main id="content" ref={main} tabIndex={-1} className={styles.main}>
              <Outlet />
            </main>
          </div>
        </div>
        <Palette />
        {modules.map(({ name, Everywhere }) => Everywhere && <Everywhere key={name} />)}
      </PageProvider>
    </LiveProvider>
  );
}
