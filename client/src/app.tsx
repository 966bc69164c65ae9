import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState } from 'react';
import { RouterProvider } from 'react-router';
import type { ClientModule } from './platform/module.ts';
import { ModulesProvider } from './platform/modules-context.tsx';
import { createQueryClient } from './platform/query-client.ts';
import { createRouter } from './platform/router.tsx';
import { styleNonce } from './platform/security.ts';
import { SessionProvider } from './platform/session.tsx';
import { cssVariables, theme } from './platform/theme.ts';

/** The whole client, given its slices. */
export function App({ modules }: { modules: readonly ClientModule[] }) {
  const [queries] = useState(createQueryClient);
  const [router] = useState(() => createRouter(modules));
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <Notifications position="bottom-right" limit={4} zIndex={500} />
        <QueryClientProvider client={queries}>
          <ModulesProvider modules={modules}>
            <SessionProvider>
              <RouterProvider router={router} />
            </SessionProvider>
          </ModulesProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
