import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';

/** A step of the breadcrumb; the last one has no address. */
export type Crumb = { readonly label: string; readonly to?: string };

type PageState = {
  readonly crumbs: readonly Crumb[];
  setCrumbs(crumbs: readonly Crumb[]): void;
  /** Where the top bar shows what the page puts there. */
  readonly slot: HTMLElement | null;
  setSlot(slot: HTMLElement | null): void;
};

const PageContext = createContext<PageState | undefined>(undefined);

export function PageProvider({ children }: { children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([]);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const state = useMemo(() => ({ crumbs, setCrumbs, slot, setSlot }), [crumbs, slot]);
  return <PageContext value={state}>{children}</PageContext>;
}

/** What the top bar reads; undefined on pages outside the shell. */
export const usePageState = (): PageState | undefined => use(PageContext);

/** Names the page in the browser's title and in the breadcrumb. */
export function usePage(title: string, crumbs: readonly Crumb[] = []): void {
  const setCrumbs = usePageState()?.setCrumbs;
  const trail = JSON.stringify(title ? [...crumbs, { label: title }] : crumbs);

  useEffect(() => {
    document.title = title ? `${title} · Concert` : 'Concert';
  }, [title]);

  useEffect(() => {
    setCrumbs?.(JSON.parse(trail));
    return () => setCrumbs?.([]);
  }, [trail, setCrumbs]);
}

/** Shows its children at the right end of the top bar: the state and the actions of the open page. */
export function TopBarSlot({ children }: { children: ReactNode }) {
  const slot = usePageState()?.slot;
  return slot ? createPortal(children, slot) : null;
}
