import { type ComponentProps, lazy, Suspense } from 'react';

const Loaded = lazy(async () => ({ default: (await import('./action-dialog.tsx')).ActionDialog }));

/** The form of an action item with its calendar, fetched when it is first opened: its rows stand on the home page. */
export function ActionDialog(props: ComponentProps<typeof Loaded>) {
  if (!props.opened) return null;
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
