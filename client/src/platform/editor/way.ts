import type { WebsocketProvider } from 'y-websocket';

/** How frames travel between this page and the server. */
export type Way = 'socket' | 'polling';

export type WayOptions = {
  readonly provider: WebsocketProvider;
  /** The way with which the provider was made. */
  readonly began: Way;
  readonly classes: Readonly<Record<Way, WebsocketProvider['_WS']>>;
  /** Whether the server answers plain requests. */
  readonly answers: () => Promise<boolean>;
  readonly onChange: (way: Way) => void;
  /** How long a WebSocket may take to open, while plain requests are answered. */
  readonly patienceMs?: number;
  /** When a page that goes the slow way asks for a WebSocket again. */
  readonly retryMs?: number;
};

/** WebSockets that end before they open, one after the other, while plain requests are answered. */
const FAILURES = 2;
/** As many by polling: then it is not the WebSocket that is in the way. */
const POLLING_FAILURES = 4;
const PATIENCE_MS = 3_000;
const RETRY_MS = 10 * 60_000;
const PROBE_MS = 10_000;
const REMEMBERED = 'slow-way';

/** The way that pages of this tab take since a short while ago. */
export function rememberedWay(now = Date.now()): Way {
  const since = Number(sessionStorage.getItem(REMEMBERED) ?? Number.NaN);
  return now - since < RETRY_MS ? 'polling' : 'socket';
}

function remember(way: Way): void {
  if (way === 'polling') sessionStorage.setItem(REMEMBERED, String(Date.now()));
  else sessionStorage.removeItem(REMEMBERED);
}

/** Whether a WebSocket opens now; it is closed at once. */
function opens(Socket: WebsocketProvider['_WS'], url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket(url);
    const end = (answer: boolean) => {
      clearTimeout(timer);
      socket.onopen = null;
      socket.onclose = null;
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), PROBE_MS);
    socket.onopen = () => end(true);
    socket.onclose = () => end(false);
    socket.onerror = () => undefined;
  });
}

/**
 * Takes a stock provider to the slow way when WebSockets do not open though the server answers, and back when they do.
 * Text and presence stay: only what carries them changes. Answers how to stop.
 */
export function followWay(options: WayOptions): () => void {
  const { provider, classes, answers, onChange, patienceMs = PATIENCE_MS, retryMs = RETRY_MS } = options;
  let way = options.began;
  let opened = false;
  let failures = 0;
  let stopped = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const go = (next: Way) => {
    way = next;
    failures = 0;
    provider._WS = classes[next];
    remember(next);
    clearTimeout(retry);
    if (next === 'polling') retry = setTimeout(lookAgain, retryMs);
    // Whatever is half open ends; the provider asks for what it missed.
    provider.disconnect();
    provider.connect();
    onChange(next);
  };

  const lookAgain = async () => {
    const open = await opens(classes.socket, provider.url);
    if (stopped || way !== 'polling' || !provider.shouldConnect) return;
    if (open) go('socket');
    else retry = setTimeout(lookAgain, retryMs);
  };

  /** Goes over if `isDue` still holds when the server has answered: it may just have been away. */
  const goIfAnswered = async (isDue: () => boolean) => {
    const answered = await answers().catch(() => false);
    if (stopped || way !== 'socket' || !provider.shouldConnect || opened) return;
    if (!answered) failures = 0;
    else if (isDue()) go('polling');
  };

  /** Later than the close itself, of which the provider has only told so far. */
  const giveUpPolling = () => {
    if (!stopped && way === 'polling' && provider.shouldConnect && !provider.ws) go('socket');
  };

  const waitForOpen = () => {
    opened = false;
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (way === 'socket' && provider.wsconnecting) void goIfAnswered(() => provider.wsconnecting);
    }, patienceMs);
  };

  const onStatus = ({ status }: { status: string }) => {
    if (status === 'connecting') waitForOpen();
    if (status !== 'connected') return;
    clearTimeout(patience);
    opened = true;
    failures = 0;
  };

  const onClose = (event: CloseEvent | null) => {
    clearTimeout(patience);
    if (event === null || opened) return;
    failures += 1;
    if (way === 'socket') void goIfAnswered(() => failures >= FAILURES);
    else if (failures >= POLLING_FAILURES) queueMicrotask(giveUpPolling);
  };

  provider.on('status', onStatus);
  provider.on('connection-close', onClose);
  if (provider.wsconnecting) waitForOpen();
  if (way === 'polling') {
    onChange(way);
    retry = setTimeout(lookAgain, retryMs);
  }
  return () => {
    stopped = true;
    clearTimeout(patience);
    clearTimeout(retry);
    provider.off('status', onStatus);
    provider.off('connection-close', onClose);
  };
}
