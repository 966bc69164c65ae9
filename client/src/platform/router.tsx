import { IconCloudOff, IconMapOff, IconMoodSad, IconRefresh } from '@tabler/icons-react';
import {
  createBrowserRouter,
  isRouteErrorResponse,
  type Location,
  Navigate,
  Outlet,
  type RouteObject,
  ScrollRestoration,
  useLocation,
  useNavigate,
  useRouteError,
} from 'react-router';
import { FullPageState } from '../ui/full-page-state.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { useText } from './i18n.ts';
import { common } from './messages.ts';
import type { ClientModule, ModuleRoute } from './module.ts';
import { usePage } from './page.tsx';
import { useFollowProfile } from './preferences.ts';
import { useSession } from './session.tsx';
import { Shell } from './shell/shell.tsx';

/** Where to go after signing in: a path of ours only, whatever the address bar says. */
export function safeReturn(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

const lazyRoute = ({ path, load }: ModuleRoute): RouteObject => ({
  path: `/${path}`,
  lazy: async () => ({ Component: (await load()).Page }),
  errorElement: <Crash />,
});

/** Every route of every slice: those of members inside the shell, the public ones outside. */
export function createRoutes(modules: readonly ClientModule[]): RouteObject[] {
  const all = modules.flatMap(({ routes }) => routes ?? []);
  const isPublic = ({ audience }: ModuleRoute) => audience === 'public';
  return [
    {
      element: <Root />,
      errorElement: <Crash />,
      HydrateFallback: PageSkeleton,
      children: [
        ...all.filter(isPublic).map(lazyRoute),
        {
          element: <Members />,
          children: [...all.filter((route) => !isPublic(route)).map(lazyRoute), { path: '*', element: <Missing /> }],
        },
      ],
    },
  ];
}

export const createRouter = (modules: readonly ClientModule[]) => createBrowserRouter(createRoutes(modules));

/** A page that was loaded anew has no key of its own in the history; one page must not begin where another was left. */
const placeKey = ({ key, pathname }: Location): string => (key === 'default' ? pathname : key);

function Root() {
  useFollowProfile();
  return (
    <>
      <Outlet />
      <ScrollRestoration getKey={placeKey} />
    </>
  );
}

/** Lets signed-in people through; sends the others to the sign-in page, and back here afterwards. */
function Members() {
  const t = useText(common);
  const { state, retry, farewell } = useSession();
  const { pathname, search } = useLocation();
  if (state === 'loading') return <PageSkeleton />;
  if (state === 'unreachable') {
    return (
      <FullPageState icon={IconCloudOff} title={t('unreachable.title')} action={{ label: t('retry'), run: retry }}>
        {t('unreachable.body')}
      </FullPageState>
    );
  }
  if (state === 'signed-out') {
    const here = `${pathname}${search}`;
    // Who left by choice may hand the browser to somebody else, who has no business on the same page.
    const back = here === '/' || farewell === 'left' ? '' : `?next=${encodeURIComponent(here)}`;
    return <Navigate to={`/sign-in${back}`} replace />;
  }
  return <Shell />;
}

/** Answers an address that leads nowhere, and an id that is unknown or not open to the reader. */
export function Missing() {
  const t = useText(common);
  const navigate = useNavigate();
  usePage(t('missing.title'));
  return (
    <FullPageState
      icon={IconMapOff}
      title={t('missing.title')}
      action={{ label: t('missing.home'), run: () => void navigate('/') }}
    >
      {t('missing.body')}
    </FullPageState>
  );
}

/** Browsers word it differently, but all say that a module could not be fetched: its file left with the last release. */
const OUTDATED = /dynamically imported module|module script failed|Importing a module/i;

function Crash() {
  const t = useText(common);
  const error = useRouteError();
  const reload = { label: t('crash.reload'), run: () => window.location.reload() };
  if (isRouteErrorResponse(error) && error.status === 404) return <Missing />;
  if (error instanceof Error && OUTDATED.test(error.message)) {
    return (
      <FullPageState icon={IconRefresh} title={t('outdated.title')} action={reload}>
        {t('outdated.body')}
      </FullPageState>
    );
  }
  return (
    <FullPageState icon={IconMoodSad} title={t('crash.title')} action={reload}>
      {t('crash.body')}
    </FullPageState>
  );
}
