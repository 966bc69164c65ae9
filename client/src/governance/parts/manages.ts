import { useMe } from '../../platform/session.tsx';

/** [G1] Whether the reader keeps the bodies and their mandates: administrators and the secretariat do. */
export function useManages(): boolean {
  const { platformRole } = useMe();
  return platformRole === 'administrator' || platformRole === 'secretariat';
}
