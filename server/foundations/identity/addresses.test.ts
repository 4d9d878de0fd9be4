import { expect, it } from 'vitest'
import { isAddressRange, isWithin } from './addresses.ts'

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
