import { fallbackWebSocket } from '@concert/sync/fallback/fallback-web-socket';
import { carryOver } from '@concert/sync/fallback/socket-io-page';
import { io } from 'socket.io-client';

/**
 * What the stock provider takes in the place of the browser's WebSocket where the network lets none through: the same
 * frames, over Socket.IO by long-polling. It does not come back by itself: the provider does.
 */
export const PollingSocket = fallbackWebSocket((address, events) =>
  carryOver(
    io(`${window.location.origin}/sync`, {
      path: '/socket.io',
      transports: ['polling'],
      upgrade: false,
      forceNew: true,
      reconnection: false,
      withCredentials: true,
      auth: { address },
    }),
    events,
  ),
);
