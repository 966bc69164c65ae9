import { type RefObject, useEffect } from 'react';
import { client } from '../../platform/query.ts';
import { sayProblem } from '../../ui/notify.ts';
import { heard } from './jitsi.ts';

/** Says it while the page goes, when nothing else is sent any more. */
function sayLeftAtLast(meetingId: string, connection: string): void {
  const body = new Blob([JSON.stringify({ what: 'left', connection })], { type: 'application/json' });
  navigator.sendBeacon(`/api/meetings/${meetingId}/room/presence`, body);
}

/**
 * [M42] Jitsi tells no server who is in its rooms: what its frame says of the reader is told for it, and that they leave
 * when the frame goes, with the panel or the page.
 */
export function usePresence(
  frame: RefObject<HTMLIFrameElement | null>,
  meetingId: string,
  url: string | undefined,
): void {
  useEffect(() => {
    if (url === undefined) return undefined;
    const { origin } = new URL(url);
    let connection: string | undefined;
    const leave = (say: (left: string) => void): void => {
      if (connection !== undefined) say(connection);
      connection = undefined;
    };
    const left = (): void =>
      leave((one) => {
        client.rooms.tell({ id: meetingId, what: 'left', connection: one }).catch(sayProblem);
      });
    const gone = (): void => leave((one) => sayLeftAtLast(meetingId, one));
    const listen = ({ data, origin: from, source }: MessageEvent): void => {
      const room = frame.current?.contentWindow;
      if (!room || source !== room || from !== origin) return;
      const said = heard(data);
      if (said === undefined) return;
      if ('answer' in said) room.postMessage(said.answer, origin);
      else if (said.what === 'left') left();
      else if (connection === undefined) {
        connection = crypto.randomUUID();
        client.rooms.tell({ id: meetingId, what: 'joined', connection }).catch(sayProblem);
      }
    };
    window.addEventListener('message', listen);
    window.addEventListener('pagehide', gone);
    return () => {
      window.removeEventListener('message', listen);
      window.removeEventListener('pagehide', gone);
      left();
    };
  }, [frame, meetingId, url]);
}
