import { once } from 'node:events';
import WebSocket from 'ws';
import type { Child } from '../child.ts';

/** Lets a server be asked to collect its garbage; an environment for its start. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

/** Where the inspector of a server that was started so listens. @throws when it has not said so */
export function inspectorOf(child: Child): string {
  const address = /Debugger listening on (ws:\/\/\S+)/.exec(child.said())?.[1];
  if (address === undefined) throw new Error(`the server has not said where it can be inspected: ${child.said()}`);
  return address;
}

/** Has a server collect all its garbage; what it holds afterwards, it needs. */
export async function collectGarbage(inspector: string): Promise<void> {
  const socket = new WebSocket(inspector);
  await once(socket, 'open');
  const answered = once(socket, 'message');
  socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  await answered;
  socket.close();
  await once(socket, 'close');
}
