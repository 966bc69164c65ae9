import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** What one page hands to the next one without writing it into the address. */
type Handed = { readonly secret: string };

const isHanded = (state: unknown): state is Handed =>
  typeof state === 'object' && state !== null && 'secret' in state && typeof state.secret === 'string';

/** Hands the secret of a link to the page that is gone to: `<Link to="/sign-in" state={handing(secret)}>`. */
export const handing = (secret: string | undefined): Handed | undefined => (secret ? { secret } : undefined);

/** The secret that the page before handed over; undefined when it handed none. */
export function useHandedSecret(): string | undefined {
  const { state } = useLocation();
  return isHanded(state) ? state.secret : undefined;
}

/**
 * The secret of the mailed link that opened this page. It leaves the address bar at once, so that it is neither
 * bookmarked, nor read over a shoulder, nor found by going back; the open page remembers it.
 */
export function useLinkSecret(): string | undefined {
  const { hash, pathname, search } = useLocation();
  const navigate = useNavigate();
  const handed = useHandedSecret();
  const [secret, setSecret] = useState(hash.slice(1) || handed);
  useEffect(() => {
    if (hash.length <= 1) return;
    // A second link may be opened in the same tab.
    setSecret(hash.slice(1));
    void navigate({ pathname, search }, { replace: true });
  }, [hash, pathname, search, navigate]);
  return secret;
}
