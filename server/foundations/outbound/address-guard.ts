import { BlockList, isIP } from 'node:net'

/** Tells which addresses of a network the platform may call on somebody's word. */
export type AddressGuard = {
  (address: string): boolean
  /** In a range that the administrator opened: part of a network that is looked after. */
  readonly isOpened: (address: string) => boolean
}

/** Addresses that are no business of the outside: this machine, its link, its network, and what is reserved (RFC 6890). */
const inside: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  // This machine, and IPv4 addresses written as the last part of an IPv6 one.
  ['::', 96, 'ipv6'],
  ['::ffff:0:0:0', 96, 'ipv6'],
  // Ways through translators and tunnels to IPv4 addresses, which may be inside ones.
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

/**
 * `allowed` are the ranges of its own network that the administrator opens, such as `10.20.0.0/16`.
 * @throws RangeError that names a range which is none
 */
export function addressGuard(allowed: readonly string[]): AddressGuard {
  const closed = new BlockList()
  for (const [network, prefix, family] of inside) closed.addSubnet(network, prefix, family)
  const opened = new BlockList()
  for (const range of allowed) {
    const [network = '', prefix] = range.split('/')
    const family = isIP(network)
    const bits = Number(prefix)
    if (
      family === 0 ||
      prefix === undefined ||
      !Number.isInteger(bits) ||
      bits < 0 ||
      bits > (family === 4 ? 32 : 128)
    )
      throw new RangeError(`${range} is no range of addresses such as 10.20.0.0/16`)
    opened.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  // The lists know the IPv4 address within a mapped one (::ffff:10.0.0.1) as what it is.
  const isOn = (list: BlockList, address: string) =>
    list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
  const isOpened = (address: string) => isIP(address) !== 0 && isOn(opened, address)
  const mayBeCalled = (address: string) =>
    isOpened(address) || (isIP(address) !== 0 && !isOn(closed, address))
  return Object.assign(mayBeCalled, { isOpened })
}
