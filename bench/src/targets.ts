/** One line of the result: a metric, how it is printed, and what Concert must reach. */
export type Line = {
  readonly metric: string;
  readonly label: string;
  /** Digits after the point. */
  readonly digits: number;
  readonly target?: Target;
};

export type Target =
  /** Concert's figure divided by the better peer's (the lowest, or the highest where more is better). */
  | { readonly kind: 'ratio'; readonly limit: number; readonly better: 'lower' | 'higher'; readonly against?: string }
  /** Concert's own figure, at most. */
  | { readonly kind: 'most'; readonly limit: number };

const ratio = (limit: number, better: 'lower' | 'higher' = 'lower', against?: string): Target => ({
  kind: 'ratio',
  limit,
  better,
  ...(against ? { against } : {}),
});
const most = (limit: number): Target => ({ kind: 'most', limit });

const coldOpen = (alone: Target | undefined, together: Target | undefined): Line[] => [
  { metric: 'alone', label: 'complete content, 1 client, ms', digits: 1, ...(alone ? { target: alone } : {}) },
  {
    metric: 'together',
    label: 'complete content, all at once, median ms',
    digits: 1,
    ...(together ? { target: together } : {}),
  },
  { metric: 'togetherMax', label: 'complete content, all at once, slowest ms', digits: 1 },
  { metric: 'copies', label: 'content received / size of the state', digits: 2, target: most(1.2) },
  {
    metric: 'announcedEarly',
    label: 'clients told that they are in step before the content was there',
    digits: 0,
    target: most(0),
  },
  { metric: 'complete', label: 'content right', digits: 0 },
  { metric: 'openCpu', label: 'server CPU to open, all at once, s', digits: 2 },
  { metric: 'memoryMb', label: 'server memory after, MiB', digits: 0 },
  { metric: 'seedPerSecond', label: 'edits/s while writing the history', digits: 0 },
  { metric: 'seedCpu', label: 'server CPU to write the history, s', digits: 2 },
];

const killed = (trial: string, label: string): Line[] => [
  { metric: `${trial}Seen`, label: `${label}: seen by a peer`, digits: 0 },
  { metric: `${trial}Lost`, label: `${label}: lost`, digits: 0, target: most(0) },
];

const deliveries: Line[] = [
  { metric: 'undelivered', label: 'not delivered', digits: 0 },
  { metric: 'converged', label: 'converged', digits: 0 },
  { metric: 'framesPerSecond', label: 'frames/s received', digits: 0 },
  { metric: 'serverCores', label: 'server cores', digits: 3 },
  { metric: 'mainCores', label: 'of these, without its child processes', digits: 3 },
  { metric: 'loadCores', label: 'load generator cores', digits: 2 },
  { metric: 'loadLate', label: 'load generator late by at most, ms', digits: 1 },
];

export const LINES = {
  fanOut: [
    { metric: 'cpuPerDelivered', label: 'server CPU per delivered edit, µs', digits: 2, target: ratio(0.85) },
    { metric: 'p50', label: 'edit to peer p50, ms', digits: 2, target: most(3) },
    { metric: 'p99', label: 'edit to peer p99, ms', digits: 2, target: most(10) },
    { metric: 'ackP50', label: 'edit to durable acknowledgement p50, ms', digits: 2 },
    { metric: 'ackP99', label: 'edit to durable acknowledgement p99, ms', digits: 2, target: most(25) },
    ...deliveries,
  ],
  manyDocuments: [
    { metric: 'cpuPerDelivered', label: 'server CPU per delivered edit, µs', digits: 1, target: ratio(1) },
    { metric: 'p50', label: 'edit to peer p50, ms', digits: 2 },
    { metric: 'p99', label: 'edit to peer p99, ms', digits: 2 },
    { metric: 'ackP99', label: 'edit to durable acknowledgement p99, ms', digits: 2 },
    ...deliveries,
  ],
  saturateOne: [
    { metric: 'cpuPerEdit', label: 'server CPU per edit in at 25 600 edits/s, µs', digits: 1, target: ratio(0.6) },
    { metric: 'editsPerSecond', label: 'best sustained edits/s', digits: 0 },
    { metric: 'p50', label: 'p50 there, ms', digits: 1 },
    { metric: 'p99', label: 'p99 there, ms', digits: 1 },
    { metric: 'failedP99', label: 'p99 one step higher, ms', digits: 0 },
    { metric: 'endOfTest', label: 'stopped at the end of the test', digits: 0 },
    { metric: 'loadCores', label: 'load generator cores', digits: 2 },
    { metric: 'converged', label: 'converged', digits: 0 },
  ],
  saturateMany: [
    { metric: 'editsPerSecond', label: 'best sustained edits/s', digits: 0, target: ratio(2, 'higher') },
    { metric: 'cpuPerEdit', label: 'server CPU per edit in at 25 600 edits/s, µs', digits: 1 },
    { metric: 'p50', label: 'p50 at best, ms', digits: 1 },
    { metric: 'p99', label: 'p99 at best, ms', digits: 1 },
    { metric: 'failedP99', label: 'p99 one step higher, ms', digits: 0 },
    { metric: 'endOfTest', label: 'stopped at the end of the test', digits: 0 },
    { metric: 'loadCores', label: 'load generator cores', digits: 2 },
    { metric: 'converged', label: 'converged', digits: 0 },
  ],
  coldOpen: coldOpen(ratio(1 / 8), ratio(1 / 4)),
  coldOpenPaper: coldOpen(undefined, undefined),
  idle: [
    {
      metric: 'kibPerConnection',
      label: 'memory per connection, KiB',
      digits: 1,
      target: ratio(0.5, 'lower', 'hocuspocus'),
    },
    { metric: 'memoryBeforeMb', label: 'memory before, MiB', digits: 0 },
    { metric: 'memoryAfterMb', label: 'memory after, MiB', digits: 0 },
    { metric: 'connectsPerSecond', label: 'connections made/s', digits: 0 },
    { metric: 'cpuToConnect', label: 'server CPU to connect all, s', digits: 2 },
    { metric: 'idleCores', label: 'server cores while idle', digits: 3 },
    { metric: 'closed', label: 'closed by the server', digits: 0 },
  ],
  presence: [
    { metric: 'cpuPerSecond', label: 'server CPU per second of load, s', digits: 2, target: most(0.2) },
    { metric: 'p50', label: 'state to peer p50, ms', digits: 1 },
    { metric: 'p99', label: 'state to peer p99, ms', digits: 1, target: most(50) },
    { metric: 'deliveredShare', label: 'share of states delivered', digits: 3 },
    { metric: 'framesPerSecond', label: 'frames/s received', digits: 0 },
    { metric: 'loadCores', label: 'load generator cores', digits: 2 },
  ],
  kill: [
    ...killed('burst', '1 s at 50/s, killed 100 ms later'),
    ...killed('typing', '12 s at 50/s, killed 100 ms later'),
    ...killed('stream', 'killed amid 500/s'),
    ...killed('flood', 'killed amid 5 000/s'),
  ],
} satisfies Record<string, Line[]>;
