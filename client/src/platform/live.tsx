import { type ClientEvents, SERVER_EVENTS, type ServerEvents } from '@concert/contract';
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { ClientModule } from './module.ts';
import { useModules } from './modules-context.tsx';
import { useSession } from './session.tsx';
import { createRefresher } from './stale.ts';

/** `connecting` is the first attempt; `lost` is any later one. */
export type Connection = 'connecting' | 'connected' | 'lost';
export type LiveSocket = Socket<ServerEvents, ClientEvents>;

const ConnectionContext = createContext<Connection>('connecting');

/** Whether changes by others arrive at this moment. */
export const useConnection = (): Connection => use(ConnectionContext);

/** What a server event makes stale, over all slices. */
export function staleAfter<Event extends keyof ServerEvents>(
  modules: readonly ClientModule[],
  event: Event,
  payload: Parameters<ServerEvents[Event]>[0],
): QueryKey[] {
  return modules.flatMap(({ live }) => live?.[event]?.(payload) ?? []);
}

type Payload = Parameters<ServerEvents[keyof ServerEvents]>[0];
const isServerEvent = (name: string): name is keyof ServerEvents => SERVER_EVENTS.some((event) => event === name);

type Listener = (event: keyof ServerEvents, payload: Payload) => void;
const listeners = new Set<Listener>();

/** Hears an event while the component is shown: for what passes, such as somebody writing. */
export function useLiveEvent<Event extends keyof ServerEvents>(
  event: Event,
  hear: (payload: Parameters<ServerEvents[Event]>[0]) => void,
): void {
  const now = useRef(hear);
  now.current = hear;
  useEffect(() => {
    const listener: Listener = (name, payload) => {
      if (name === event) now.current(payload as Parameters<ServerEvents[Event]>[0]);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [event]);
}

const REFUSED_RETRY_MS = 5_000;

type Ends = { lose: () => void; onState: (state: Connection) => void };

/** Opens the live socket and keeps the cache true; returns its stop. */
export function startLive(modules: readonly ClientModule[], queries: QueryClient, { lose, onState }: Ends): () => void {
  const socket: LiveSocket = io(window.location.origin, { path: '/socket.io', withCredentials: true });
  const refresh = createRefresher(queries);
  let seen = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  socket.on('connect', () => {
    // Events that were sent while the socket was away are gone: everything shown is read again.
    if (seen) void queries.invalidateQueries();
    seen = true;
    onState('connected');
  });
  socket.on('disconnect', (reason) => {
    onState('lost');
    // The server closed it: the library only comes back by itself from losses of the network.
    if (reason === 'io server disconnect') again = setTimeout(() => socket.connect(), REFUSED_RETRY_MS);
  });
  socket.on('connect_error', ({ message }) => {
    onState('lost');
    if (socket.active) return;
    // Refused rather than unreachable: reading again tells whether the session still stands.
    if (message === 'no-session') void queries.invalidateQueries();
    again = setTimeout(() => socket.connect(), REFUSED_RETRY_MS);
  });
  socket.onAny((event: string, payload: Payload) => {
    if (!isServerEvent(event)) return;
    for (const listener of listeners) listener(event, payload);
    for (const queryKey of staleAfter(modules, event, payload)) refresh(queryKey);
  });
  socket.on('access.changed', () => void queries.invalidateQueries());
  socket.on('session.ended', lose);

  return () => {
    clearTimeout(again);
    socket.offAny();
    socket.removeAllListeners();
    socket.disconnect();
  };
}

/** Keeps one live socket open while somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const modules = useModules();
  const queries = useQueryClient();
  const { me, lose } = useSession();
  const [connection, setConnection] = useState<Connection>('connecting');
  const personId = me?.id;

  useEffect(() => {
    if (!personId) return;
    setConnection('connecting');
    return startLive(modules, queries, { lose, onState: setConnection });
  }, [personId, modules, queries, lose]);

  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}
