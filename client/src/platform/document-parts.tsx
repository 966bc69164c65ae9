import type { ReactNode } from 'react';
import type { ActionDialogProps, DocumentFrameProps, DocumentPaneProps } from './module.ts';
import { useModules } from './modules-context.tsx';

/** What every slice puts around the page of an open document. */
export function DocumentFrame({ document, children }: DocumentFrameProps) {
  return useModules().reduceRight<ReactNode>(
    (inner, { name, DocumentFrame: Frame }) =>
      Frame ? (
        <Frame key={name} document={document}>
          {inner}
        </Frame>
      ) : (
        inner
      ),
    children,
  );
}

/** The live text of a document, from the slice that has it. */
export function DocumentPane(props: DocumentPaneProps) {
  const Pane = useModules().find((module) => module.DocumentPane)?.DocumentPane;
  return Pane ? <Pane {...props} /> : null;
}

/** The form in which something to do is given to somebody, from the slice that has it. */
export function ActionDialog(props: ActionDialogProps) {
  const Dialog = useModules().find((module) => module.ActionDialog)?.ActionDialog;
  return Dialog ? <Dialog {...props} /> : null;
}
