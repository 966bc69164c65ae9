import { useState } from 'react';

/** What a dialog is about, kept while the dialog fades away. What is given must stay the same object while it is meant. */
export function useLast<Task>(task: Task | undefined): Task | undefined {
  const [last, setLast] = useState(task);
  if (task !== undefined && task !== last) setLast(task);
  return task ?? last;
}
