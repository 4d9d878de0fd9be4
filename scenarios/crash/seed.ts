import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import type { Power } from '@tiaoli/server/foundations/identity/index'
import { rulebookOf } from '@tiaoli/server/serve'
import { companyFile, companyRegister, conditional, unconditional } from '../kit/acts.ts'
import { callerOf } from '../kit/caller.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

/**
 * Fills the store that the environment names with a small city: three bodies, their people, and a published entry
 * with rows. Prints the number of the entry.
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
const draft = { ...companyRegister, sharing: conditional, opening: unconditional }
const { body: entry } = await steward.post('/api/v1/entries', draft)
await steward.post(`/api/v1/entries/${entry.id}/acts/submit`)
for (const act of ['confirm', 'publish']) await authority.post(`/api/v1/entries/${entry.id}/acts/${act}`)
await steward.upload(
  `/api/v1/entries/${entry.id}/batches?accept=auto&filename=first.csv`,
  companyFile([1, 2, 3].map(syntheticCreditCode)),
)
await house.jobs.settle()
const { body: published } = await steward.get(`/api/v1/entries/${entry.id}`)
if (published.status !== 'published' || published.snapshot === null) throw new Error('the entry has no rows')
console.log(entry.id)
await house.close()
