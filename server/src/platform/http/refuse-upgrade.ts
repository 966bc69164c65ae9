import type { Duplex } from 'node:stream';

const STATUS = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' } as const;

/** Who has been told and does not hang up is cut after this time. */
const HANG_UP_MS = 2_000;

/** Answers an upgrade with a status and no WebSocket, and ends the connection. What it sends is thrown away. */
export function refuseUpgrade(socket: Duplex, status: keyof typeof STATUS): void {
  const retry = status === 503 ? 'Retry-After: 2\r\n' : '';
  socket.end(`HTTP/1.1 ${status} ${STATUS[status]}\r\nConnection: close\r\n${retry}Content-Length: 0\r\n\r\n`);
  // A stream that nobody reads never ends, however long its other end is gone.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), HANG_UP_MS);
  socket.once('close', () => clearTimeout(timer));
}
