import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import type { Power } from '@tiaoli/server/foundations/identity/index'
import { rulebookOf } from '@tiaoli/server/serve'
import { companyFile, companyRegister, conditional, unconditional } from '../kit/acts.ts'
import { callerOf } from '../kit/caller.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

/**
 * Fills the store that the environment names with a small city: three bodies, their people, and published entries.
 * Prints the ids of these.
 */
const config = readConfig(process.env)
const house = await compose(config, await rulebookOf(config.city))
await house.start()

const password = process.env['CRASH_PASSWORD']!
const bodies = [
  [
    'authority',
    '示例数据主管部门',
    'authority',
    house.rulebook.roles.map(({ key }) => key).filter((key) => key.startsWith('authority')),
    ['officer', 'supervisor'],
  ],
  ['market', '示例市场监督管理局', 'department', ['department'], ['steward', 'requester']],
  ['civil', '示例民政局', 'department', ['department'], ['requester']],
] as const
for (const [index, [id, name, kind, roles, powers]] of bodies.entries()) {
  await house.identity.createOrganisation({
    id,
    name: { zh: name, en: id },
    kind,
    level: 'city',
    creditCode: syntheticCreditCode(index + 1),
    roles,
    budgetFunded: true,
  })
  await house.identity.createUser({
    username: id,
    name,
    password,
    organisationId: id,
    powers: [...powers] as Power[],
  })
}

const steward = await callerOf(house, { username: 'market', password })
const authority = await callerOf(house, { username: 'authority', password })
const field = (name: string, type: string, key = false) => ({
  ...{ name, type, key, required: key, meaning: name, sensitivity: 'public' },
})
async function publish(words: object): Promise<string> {
  const draft = { ...companyRegister, ...words, opening: unconditional }
  const { body: entry } = await steward.post('/api/v1/entries', draft)
  await steward.post(`/api/v1/entries/${entry.id}/acts/submit`)
  for (const act of ['confirm', 'publish']) await authority.post(`/api/v1/entries/${entry.id}/acts/${act}`)
  const { body } = await steward.get(`/api/v1/entries/${entry.id}`)
  if (body.status !== 'published') throw new Error('the entry is not published')
  return entry.id
}
const entryId = await publish({ sharing: conditional })
const other = { sharing: unconditional, subjectType: 'other' }
const logId = await publish({
  ...other,
  title: '收件记录',
  fields: [field('编号', 'text'), field('件数', 'integer')],
})
const levelsId = await publish({
  ...{ ...other, title: '水位', updateCycle: 'real-time' },
  fields: [field('站点', 'text', true), field('水位', 'integer')],
})
await steward.upload(
  `/api/v1/entries/${entryId}/batches?accept=auto&filename=first.csv`,
  companyFile([1, 2, 3].map(syntheticCreditCode)),
)
await house.jobs.settle()
const { body: filled } = await steward.get(`/api/v1/entries/${entryId}`)
if (filled.snapshot === null) throw new Error('the entry has no rows')
console.log(JSON.stringify({ entryId, logId, levelsId }))
await house.close()
