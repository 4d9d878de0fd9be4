import { expect, it } from 'vitest'
import { demoRealName } from './real-name.ts'

it('of the demo city knows whoever is plainly made up, and nobody else', async () => {
  const known = (name: string) =>
    demoRealName.belongTogether({ kind: 'natural-person', name, number: '11010519491231002X' })
  expect(await known('张三')).toBe(false)
  expect(await known('某示例')).toBe(false)
  expect(await known('示例甲子')).toBe(true)
  expect(demoRealName).toMatchObject({ checkedBy: 'service', synthetic: true })
})
