import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

/** Room for the form beside the text. */
const WIDE = '(min-width: 75em)';
/** Room for the outline as well. */
const VERY_WIDE = '(min-width: 103em)';

export type View = 'text' | 'data' | 'outline';

/** What stands beside the text, and on narrow screens in its place. */
export function useLayout() {
  const wide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false }) ?? false;
  const veryWide = useMediaQuery(VERY_WIDE, undefined, { getInitialValueInEffect: false }) ?? false;
  const [view, setView] = useState<View>('text');
  const [panel, setPanel] = useLocalStorage({
    key: 'concert.document.panel',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return { wide, veryWide, view: wide ? 'text' : view, setView, panel, setPanel } as const;
}
