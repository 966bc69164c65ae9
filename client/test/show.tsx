import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { modules } from '../src/modules.ts';
import { startI18n } from '../src/platform/i18n.ts';
import { common } from '../src/platform/messages.ts';
import { ModulesProvider } from '../src/platform/modules-context.tsx';
import { createQueryClient } from '../src/platform/query-client.ts';
import { SessionProvider, useSession } from '../src/platform/session.tsx';

const all = Object.values(modules);

/** Shows its children once somebody is signed in, as the shell does. */
function SignedIn({ children }: { children: ReactNode }) {
  return useSession().state === 'signed-in' ? children : null;
}

/** Renders a part inside the platform, in English, against the region at `origin`. Returns its stop. */
export function show(
  part: ReactNode,
  { origin, member = true, path = '/' }: { origin: string; member?: boolean; path?: string },
) {
  visit(`${origin}${path}`);
  startI18n([common, ...all.map(({ messages }) => messages)], 'en');
  const queries = createQueryClient();
  const element = member ? <SignedIn>{part}</SignedIn> : part;
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: [path] });
  const view = render(
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
  return {
    ...view,
    router,
    stop: () => {
      view.unmount();
      queries.clear();
    },
  };
}
