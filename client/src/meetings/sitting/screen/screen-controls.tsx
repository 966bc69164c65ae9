import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconMaximize, IconMinimize } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './screen.module.css';

const SHOWN_MS = 3_000;

/** True for some seconds after the pointer was moved or a key was pressed. */
function useStirred(): boolean {
  const [stirred, setStirred] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stir = () => {
      setStirred(true);
      clearTimeout(timer);
      timer = setTimeout(() => setStirred(false), SHOWN_MS);
    };
    const events = ['pointermove', 'pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, stir);
    return () => {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, stir);
    };
  }, []);
  return stirred;
}

function useFull(): readonly [boolean, () => void] {
  const [full, setFull] = useState(document.fullscreenElement !== null && document.fullscreenElement !== undefined);
  useEffect(() => {
    const note = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', note);
    return () => document.removeEventListener('fullscreenchange', note);
  }, []);
  const toggle = () => {
    // A browser may refuse; the page then stays as large as its window.
    const done = full ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => undefined);
  };
  return [full, toggle];
}

/** Leave and full screen; hidden until somebody stirs, so that nothing but the sitting is on the wall. */
export function ScreenControls() {
  const t = useSay();
  const navigate = useNavigate();
  const { meeting } = useSitting();
  const stirred = useStirred();
  const [full, toggle] = useFull();
  const leave = () => {
    if (full) void document.exitFullscreen().catch(() => undefined);
    void navigate(`/meetings/${meeting.id}/sitting`);
  };
  return (
    <Group gap="xs" className={styles.controls} data-shown={stirred || undefined}>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={leave}>
        {t('sitting.screen.leave')}
      </Button>
      {document.fullscreenEnabled && (
        <Button
          variant="default"
          leftSection={full ? <IconMinimize size={16} aria-hidden /> : <IconMaximize size={16} aria-hidden />}
          onClick={toggle}
        >
          {t(full ? 'sitting.screen.window' : 'sitting.screen.full')}
        </Button>
      )}
    </Group>
  );
}
