import { useDebouncedValue, useNetwork, usePrevious } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { sayDone } from '../../ui/notify.ts';
import { useText } from '../i18n.ts';
import { useConnection } from '../live.tsx';
import { common } from '../messages.ts';
import styles from './shell.module.css';

/** A lapse shorter than this is mended before anybody could act on it. */
const GRACE_MS = 2_500;

/** Says that others' changes do not arrive, for as long as they do not. */
export function ConnectionBanner() {
  const t = useText(common);
  const { online } = useNetwork();
  const connection = useConnection();
  const [lost] = useDebouncedValue(!online || connection === 'lost', GRACE_MS);
  const before = usePrevious(lost);
  const down = lost && (!online || connection === 'lost');

  useEffect(() => {
    if (before && !lost) sayDone(t('connection.back'));
  }, [before, lost, t]);

  if (!down) return null;
  return (
    <div className={styles.banner} role="status">
      <IconPlugConnectedX className={styles.sign} size={18} stroke={1.7} aria-hidden />
      <span>
        <strong>{online ? t('connection.lost') : t('connection.offline')}</strong> {t('connection.detail')}
      </span>
    </div>
  );
}
