import type { Child } from './child.ts';
import { startChild } from './child.ts';

/** A server in a process tree of its own, as an operator runs it. */
export type ServerProcess = {
  readonly url: string;
  readonly port: number;
  readonly child: Child;
  /** `kill -9` of the whole tree, the embedded database included; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it; resolves with the exit code. */
  stop(): Promise<number | null>;
};

export type ServerSettings = {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Words before the command that starts it, such as those that limit it. */
  readonly within?: readonly string[];
};

const READY = /^Concert is ready on (http:\/\/\S+)$/;

/**
 * Starts the server from its sources and waits for the ready line.
 * @throws with what it wrote on stderr when it ends before that
 */
export async function startServer(settings: ServerSettings): Promise<ServerProcess> {
  const { child, line } = await startChild(
    [...(settings.within ?? []), process.execPath, '--import', 'tsx', 'server/src/main.ts'],
    READY,
    { PORT: '0', DEMO: 'false', LOG_LEVEL: 'warn', ...settings.env, DATA_DIR: settings.dataDir },
  );
  const url = line[1] ?? '';
  return {
    url,
    port: Number(new URL(url).port),
    child,
    kill: child.kill,
    stop: () => {
      // To the server alone: its database ends in its turn.
      process.kill(child.pid, 'SIGTERM');
      return child.exited;
    },
  };
}
