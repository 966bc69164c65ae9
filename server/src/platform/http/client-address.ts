import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Longer chains of proxies than this are nobody's: what stands further left is not read. */
const MAX_HOPS = 20;

/** IPv4 written as IPv6 (`::ffff:10.0.0.1`, as dual-stack sockets name their peers) in its own form. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

/** Who speaks, on a server that may stand behind proxies. */
export type Addresses = {
  /** Whether an address belongs to a proxy of ours. */
  isTrusted(address: string): boolean;
  /**
   * Address of the client: of the peer itself, or, where the peer is a trusted proxy, what that says of it in
   * `X-Forwarded-For`: read from the right, the first address that is not a trusted proxy's own. Whatever stands left of
   * it was written by the client and is not believed; nor are other headers of this kind.
   */
  clientAddress(request: IncomingMessage): string;
};

/** @param trustedProxies addresses and CIDR ranges that the settings have checked (TRUSTED_PROXIES) */
export function createAddresses(trustedProxies: readonly string[]): Addresses {
  const list = new BlockList();
  for (const range of trustedProxies) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string): boolean => {
    const given = plain(address);
    const family = isIP(given);
    return family !== 0 && list.check(given, family === 6 ? 'ipv6' : 'ipv4');
  };
  return {
    isTrusted,
    clientAddress: ({ socket, headers }) => {
      let address = plain(socket.remoteAddress ?? '');
      const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
      for (let hop = 0; hop < MAX_HOPS && isTrusted(address); hop += 1) {
        const before = plain(forwarded.pop()?.trim() ?? '');
        if (isIP(before) === 0) break;
        address = before;
      }
      return address;
    },
  };
}
