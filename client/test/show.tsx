import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render as renderTree } from '@testing-library/react';
import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { createMemoryRouter, type RouteObject, RouterProvider } from 'react-router';
import { modules } from '../src/modules.ts';
import { editorMessages } from '../src/platform/editor/messages.ts';
import { startI18n } from '../src/platform/i18n.ts';
import { common } from '../src/platform/messages.ts';
import { ModulesProvider } from '../src/platform/modules-context.tsx';
import { createQueryClient } from '../src/platform/query-client.ts';
import { createRoutes } from '../src/platform/router.tsx';
import { SessionProvider, useSession } from '../src/platform/session.tsx';
import { messages as sharing } from '../src/platform/sharing/messages.ts';

const all = Object.values(modules);

/** Shows its children once somebody is signed in, as the shell does. */
function SignedIn({ children }: { children: ReactNode }) {
  return useSession().state === 'signed-in' ? children : null;
}

type Place = { readonly origin: string; readonly path?: string };

/** Renders routes inside the platform, in English, against the region at `origin`. */
function render(routes: RouteObject[], { origin, path = '/' }: Place) {
  visit(`${origin}${path}`);
  startI18n([common, editorMessages, sharing, ...all.map(({ messages }) => messages)], 'en');
  const queries = createQueryClient();
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const view = renderTree(
    <StrictMode>
      <MantineProvider env="test">
        <Notifications />
        <QueryClientProvider client={queries}>
          <ModulesProvider modules={all}>
            <SessionProvider>
              <RouterProvider router={router} />
            </SessionProvider>
          </ModulesProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
  const stop = () => {
    view.unmount();
    router.dispose();
    queries.clear();
  };
  return { ...view, router, stop };
}

/** Shows one part, once somebody is signed in. */
export const showPart = (part: ReactNode, place: Place) =>
  render([{ path: '*', element: <SignedIn>{part}</SignedIn> }], place);

/** Opens the whole client at an address. */
export const openClient = (place: Place) => render(createRoutes(all), place);
