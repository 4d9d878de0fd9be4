import { expect, it } from 'vitest'
import { countedAs, isAddressRange, isWithin } from './addresses.ts'

it.each(['10.1.2.3', '10.0.0.0/8', '::1', 'fd00::/8'])('%s is an address or a range', (value) => {
  expect(isAddressRange(value)).toBe(true)
})
it.each(['', '10.1', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'example.cn', '::/129'])(
  '%j is none',
  (value) => {
    expect(isAddressRange(value)).toBe(false)
  },
)
it('tells whether an address lies in a range', () => {
  expect(isWithin('10.1.2.3', ['192.168.0.1', '10.1.0.0/16'])).toBe(true)
  expect(isWithin('::ffff:10.1.2.3', ['10.1.2.3'])).toBe(true)
  expect(isWithin('10.2.2.3', ['10.1.0.0/16'])).toBe(false)
  expect(isWithin('fd00::1', ['fd00::/8', '10.0.0.0/8'])).toBe(true)
  expect(isWithin('unknown', ['0.0.0.0/0'])).toBe(false)
})

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['::FFFF:a01:203', '10.1.2.3'],
  ['2400:3200:0:1::8', '2400:3200:0:1::/64'],
  ['2400:3200:0:1:ffff:ffff:ffff:ffff', '2400:3200:0:1::/64'],
  ['2400:3200:0:2::8', '2400:3200:0:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
  ['', ''],
])('%j counts as %j', (address, counted) => {
  expect(countedAs(address)).toBe(counted)
})
