import type { Config } from '../config.ts';
import { isLoopback } from '../config.ts';

/** Where this installation lives on the web. The port is known only once the server listens. */
export type Site = {
  /** Origin under which people reach it, without a trailing slash. */
  url(): string;
  /** True for exactly our own origins; a prefix, another port, `null` or nothing is foreign (ASVS 4.4.2). */
  isOwnOrigin(origin: string | undefined): boolean;
  /** Tells the port that was bound. */
  bound(port: number): void;
};

/** The site of a configuration: PUBLIC_URL, or the loopback names of the bound port. */
export function createSite(config: Pick<Config, 'host' | 'port' | 'publicUrl'>): Site {
  let port = config.port;
  const local = (): string[] =>
    isLoopback(config.host) ? [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`] : [];
  return {
    url: () => config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    isOwnOrigin: (origin) =>
      origin !== undefined && (config.publicUrl === undefined ? local().includes(origin) : origin === config.publicUrl),
    bound: (actual) => {
      port = actual;
    },
  };
}
