import { newId } from '@tiaoli/kernel/ids'
//
import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import { rulebookOf } from '@tiaoli/server/serve'
import { sql } from 'kysely'
import { companyRegister, conditional, unconditional } from '../scenarios/kit/acts.ts'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'

/** The house with many published entries, in a process of its own. */
const [dataFolder, url, count] = [process.argv[2]!, process.argv[3] || undefined, Number(process.argv[4])]

const config = readConfig({ TIAOLI_TEST: '1', TIAOLI_DATA: dataFolder, TIAOLI_DEMO: '0', DATABASE_URL: url })
const house = await compose(config, await rulebookOf(config.city))
const themes = ['enterprise', 'society', 'transport', 'environment', 'health', 'education']
const subjects = [
  '企业登记',
  '停车泊位',
  '空气质量',
  '床位使用',
  '学区划分',
  '公交线路',
  '低保对象',
  '排污许可',
]
for (let index = 0; index < 12; index++)
  await house.identity.createOrganisation({
    id: `org-${index}`,
    name: { zh: `示例单位${index}`, en: `Body ${index}` },
    kind: 'department',
    level: 'city',
    creditCode: syntheticCreditCode(index),
    roles: ['department'],
    budgetFunded: true,
  })
// Entries are laid into the table directly: what is measured is finding them, not how each came to be published.
for (let from = 0; from < count; from += 500) {
  const rows = Array.from({ length: Math.min(500, count - from) }, (_, offset) => {
    const index = from + offset
    const title = `${subjects[index % subjects.length]}信息（第${index}号）`
    const content = {
      ...companyRegister,
      title,
      part: 'government',
      theme: themes[index % themes.length],
      sharing: conditional,
      opening: unconditional,
      sourceGrantId: null,
    }
    return sql`(${newId()}, ${`CQ-${index}`}, ${`org-${index % 12}`}, 'published', true, ${JSON.stringify(content)}::jsonb, ${title}, ${content.theme}, 'conditional', 'unconditional',
      ${searchTerms(`${title} ${content.summary} ${content.fields.map((field) => field.name).join(' ')}`)}::text[], ${searchTerms(title)}::text[], now(), now() - ${index} * interval '1 minute', now())`
  })
  await sql`insert into entry (id, number, provider_id, status, published, content, title, theme, sharing_type, opening_type, search, title_terms, created_at, updated_at, published_at)
    values ${sql.join(rows)}`.execute(house.database.db)
}
await house.database.script('analyze entry')
process.send!(await house.app.listen({ host: '127.0.0.1', port: 0 }))
