import { Box } from '@mantine/core';
import type { ReactNode } from 'react';

/** The measure of a page: wide for lists and cards, room around for reading. */
export function PageBody({ children, maw = '66rem' }: { children: ReactNode; maw?: string }) {
  return (
    <Box maw={maw} mx="auto" px={{ base: 'md', sm: 'xl' }} pt={{ base: 'md', sm: 'lg' }} pb="4rem">
      {children}
    </Box>
  );
}
