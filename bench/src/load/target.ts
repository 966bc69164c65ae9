/** How clients reach a server, and which process tree is measured. Crosses to the load generator as JSON. */
export type Target = {
  readonly protocol: 'concert' | 'hocuspocus' | 'y-websocket';
  readonly pid: number;
  /** What people send when they connect; clients take turns. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  readonly documents: readonly { readonly name: string; readonly url: string }[];
};
