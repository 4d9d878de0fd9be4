import { BlockList, isIP } from 'node:net'

/** An address, or a range as address and prefix length (CIDR). */
export function isAddressRange(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/')
  const kind = isIP(address)
  if (kind === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (kind === 4 ? 32 : 128))
}

/** Whether an address lies in one of the ranges; an IPv4 address written in IPv6 is the IPv4 address. */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const kind = isIP(plain)
  if (kind === 0) return false
  const list = new BlockList()
  for (const range of ranges) {
    const [base = '', prefix] = range.split('/')
    const family = isIP(base) === 4 ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(base, family)
    else list.addSubnet(base, Number(prefix), family)
  }
  return list.check(plain, kind === 4 ? 'ipv4' : 'ipv6')
}
