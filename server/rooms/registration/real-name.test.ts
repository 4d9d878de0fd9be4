import { expect, it } from 'vitest'
import { demoRealName } from './real-name.ts'

const known = (name: string, number: string) =>
  demoRealName.belongTogether({ kind: 'natural-person', name, number })

it('of the demo city knows whoever is plainly made up, and nobody else', async () => {
  expect(await known('张三', '509999199001010015')).toBe(false)
  expect(await known('某示例', '509999199001010015')).toBe(false)
  expect(await known('示例甲子', '509999199001010015')).toBe(true)
  expect(await known('示例商行', '91500000DEM9000126')).toBe(true)
  expect(demoRealName).toMatchObject({ checkedBy: 'service', synthetic: true })
})

it('vouches for no number that somebody may have, whatever name is given with it', async () => {
  expect(await known('示例甲子', '11010519491231002X')).toBe(false)
  expect(await known('示例商行', '91500000MA5U000012')).toBe(false)
})
