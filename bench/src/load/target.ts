/** How clients reach a server, and which process tree is measured. Crosses to the load generator as JSON. */
export type Target = {
  readonly protocol: 'concert' | 'hocuspocus' | 'y-websocket';
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly documents: readonly { readonly name: string; readonly url: string }[];
};
