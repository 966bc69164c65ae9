import type { Me } from '@concert/domain/accounts/api.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { endSession, type NewPerson, signInByPassword, signUpByPassword } from './auth.ts';
import { useLocale } from './i18n.ts';
import { orpc, problemOf } from './query.ts';

export type Session = {
  /** `unreachable`: nobody knows, because the server did not answer. */
  readonly state: 'loading' | 'signed-out' | 'signed-in' | 'unreachable';
  readonly me: Me | undefined;
  readonly error: unknown;
  /** How the session of this page ended, if it did: by the person's choice, or by itself. */
  readonly farewell: 'left' | 'ended' | undefined;
  retry(): void;
  /** Reads again who is signed in, after something about the account changed. */
  refresh(): Promise<void>;
  signIn(email: string, password: string): Promise<void>;
  /** Creates an account; answers whether somebody is signed in now, or must confirm the address first. */
  signUp(person: Omit<NewPerson, 'locale'>): Promise<{ signedIn: boolean }>;
  signOut(): Promise<void>;
  /** Forgets the person after the server ended the session; local documents stay until they sign in again. */
  lose(): void;
};

const SessionContext = createContext<Session | undefined>(undefined);

type Wipe = (personId: string) => void | Promise<void>;
const wipes = new Set<Wipe>();

/**
 * Registers what must be erased from this browser when a person signs out (offline copies of documents, drafts).
 * Call it where the code is always loaded, such as the `index.ts` of a slice. Returns its undoing.
 */
export function onSignOut(wipe: Wipe): () => void {
  wipes.add(wipe);
  return () => wipes.delete(wipe);
}

/** Runs every registered erasure; one that fails does not keep the others from running. Answers how many failed. */
export async function wipeBrowser(personId: string): Promise<number> {
  const results = await Promise.allSettled([...wipes].map(async (wipe) => wipe(personId)));
  return results.filter(({ status }) => status === 'rejected').length;
}

const ME = orpc.accounts.me.queryOptions({ input: {} });

/** Knows who is signed in, and changes it. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ ...ME, staleTime: 60_000 });
  const [farewell, setFarewell] = useState<Session['farewell']>();
  const locale = useLocale();
  const state = stateOf(data, error);

  const readAgain = useCallback(() => queries.resetQueries({ queryKey: ME.queryKey }), [queries]);
  const lose = useCallback(() => {
    setFarewell('ended');
    void readAgain();
  }, [readAgain]);

  // Nothing that one person read may be shown to the next one.
  useEffect(() => {
    if (state === 'signed-out') queries.removeQueries({ type: 'inactive' });
  }, [state, queries]);

  const personId = data?.id;
  const session = useMemo<Session>(
    () => ({
      state,
      me: state === 'signed-in' ? data : undefined,
      error,
      farewell,
      retry: () => void refetch(),
      refresh: async () => {
        await refetch();
      },
      signIn: async (email, password) => {
        await signInByPassword(email, password);
        await readAgain();
        setFarewell(undefined);
      },
      signUp: async (person) => {
        const answer = await signUpByPassword({ ...person, locale });
        if (answer.signedIn) await readAgain();
        setFarewell(undefined);
        return answer;
      },
      signOut: async () => {
        await endSession();
        if (personId) await wipeBrowser(personId);
        setFarewell('left');
        await readAgain();
      },
      lose,
    }),
    [state, data, error, farewell, refetch, readAgain, lose, personId, locale],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

const refused = (error: unknown): boolean => error !== null && problemOf(error).status === 401;

/** A person who was read stays signed in while the network is away; only a refusal ends it. */
export function stateOf(me: Me | undefined, error: unknown): Session['state'] {
  if (refused(error)) return 'signed-out';
  if (me) return 'signed-in';
  return error ? 'unreachable' : 'loading';
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession is called outside of SessionProvider');
  return session;
}

/** The signed-in person; for pages inside the shell, which only exist while somebody is signed in. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('useMe is called while nobody is signed in');
  return me;
}
