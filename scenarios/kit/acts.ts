import type { Caller } from './caller.ts'
import type { City } from './city.ts'

/** A catalogue entry that is complete under every rulebook, as far as it does not depend on its types. */
export const companyRegister = {
  title: '企业登记信息',
  subjectType: 'organisation',
  sourceClass: 'own-duty',
  summary: '依法登记的企业的基本信息。',
  theme: 'enterprise',
  keywords: ['企业', '登记'],
  fields: [
    {
      name: '统一社会信用代码',
      type: 'credit-code',
      meaning: '登记机关赋予的代码',
      sensitivity: 'public',
      key: true,
      required: true,
    },
    { name: '企业名称', type: 'text', meaning: '登记名称', sensitivity: 'public' },
    { name: '注册资本', type: 'decimal', meaning: '认缴', unit: '万元', sensitivity: 'public' },
    { name: '法定代表人', type: 'text', meaning: '姓名', sensitivity: 'personal' },
    { name: '联系电话', type: 'phone', meaning: '企业联系电话', sensitivity: 'personal' },
  ],
  updateCycle: 'monthly',
  securityGrade: 'general-2',
  sourceSystem: '示例登记系统',
  format: 'CSV',
  sharingMode: '接口、文件',
  openingMode: '下载、接口',
  useRequirements: '限于所述场景',
  assessment: { contains: '企业基本信息', personalInformation: true, conclusion: '按类型共享和开放' },
} as const

/** On whom data with such fields are: it has to be stated where an identifier belongs to each kind of subject. */
function subjectOf(draft: object): string {
  const types = ((draft as { fields?: { type: string }[] }).fields ?? companyRegister.fields).map(
    ({ type }) => type,
  )
  if (types.includes('credit-code')) return 'organisation'
  return types.includes('identity-number') ? 'natural-person' : 'other'
}

/** A basis of the highest rank, which every rulebook accepts. */
export const lawBasis = { rank: 'law', instrument: '中华人民共和国个人信息保护法', article: '第十三条' }

export const conditional = { type: 'conditional', conditions: '用于履行法定职责', basis: lawBasis }
export const unconditional = { type: 'unconditional', conditions: '', basis: null }
export const closed = { type: 'none', conditions: '', basis: lawBasis }

/** The business that an entry answers to, where the city asks for it: registered anew for each. */
export async function businessOf(city: City, steward: Caller): Promise<object> {
  if (city.house.rulebook.rooms.compilation?.business === undefined) return {}
  const business = { name: '示例业务事项', kind: 'service', basis: '权责清单' }
  const made = await steward.post('/api/v1/business-items', business)
  if (made.status !== 201) throw new Error(`business: ${made.text}`)
  return { businessItems: [made.body.id] }
}

/** Takes an entry through the city's cataloguing procedure until it is published. */
export async function publishEntry(
  city: City,
  draft: object,
  steward: Caller = city.steward,
): Promise<string> {
  const created = await steward.post('/api/v1/entries', {
    ...companyRegister,
    ...(await businessOf(city, steward)),
    subjectType: subjectOf(draft),
    sharing: conditional,
    opening: closed,
    ...draft,
  })
  if (created.status !== 201) throw new Error(`entry not created: ${created.text}`)
  const id: string = created.body.id
  const procedure = city.house.rulebook.procedures.find(({ key }) => key === 'catalogue-entry')!
  for (const act of ['submit', 'confirm', 'publish']) {
    const rule = procedure.acts.find(({ key }) => key === act)
    if (rule === undefined) continue
    if (act === 'publish') await passChecks(id, steward)
    const byProvider = rule.by.some((role) => procedure.roles[role]?.from === 'provider')
    const done = await (byProvider ? steward : city.authority).post(`/api/v1/entries/${id}/acts/${act}`)
    if (done.status !== 200) throw new Error(`${act}: ${done.text}`)
    if (done.body.status === 'published') break
  }
  return id
}

/** Records every check that the city asks for before the entry is opened. */
export async function passChecks(entryId: string, steward: Caller): Promise<void> {
  const address = `/api/v1/entries/${entryId}/publication-checks`
  for (const { key } of (await steward.get(address)).body.demanded) {
    const done = await steward.post(address, { kind: key, passed: true })
    if (done.status !== 201) throw new Error(`${key}: ${done.text}`)
  }
}

/** Rows of the company register, plainly synthetic, as a CSV file. */
export function companyFile(creditCodes: readonly string[]): string {
  const rows = creditCodes.map(
    (code, index) =>
      `${code},示例企业${index + 1},${(index + 1) * 10}.5,示例人${index + 1},138000${String(index).padStart(5, '0')}`,
  )
  return ['统一社会信用代码,企业名称,注册资本,法定代表人,联系电话', ...rows, ''].join('\n')
}

/** Uploads a file and has it loaded; gives the finished batch. */
export async function bringIn(
  city: City,
  entryId: string,
  bytes: Buffer | string,
  fileName = '企业登记信息.csv',
  steward: Caller = city.steward,
) {
  const sent = await steward.upload(
    `/api/v1/entries/${entryId}/batches?accept=auto&filename=${encodeURIComponent(fileName)}`,
    bytes,
  )
  if (sent.status !== 202) throw new Error(`upload: ${sent.text}`)
  await city.settle()
  return (await steward.get(`/api/v1/batches/${sent.body.id}`)).body
}

export const requestFields = ['统一社会信用代码', '企业名称', '注册资本']

export const fileRequest = (caller: Caller, entryId: string, content: object = {}) =>
  caller.post('/api/v1/cases', {
    procedure: 'sharing-request',
    entryId,
    content: { scenario: '低保家庭经济状况核对', fields: requestFields, ...content },
  })

/** Lays down a wording where the city asks a commitment and has none yet; gives the version in force. */
export async function commitmentInForce(city: City): Promise<number> {
  const current = (await city.visitor.get('/api/v1/commitment-text')).body.current
  if (current !== null) return current.version
  const made = await city.authority.post('/api/v1/commitment-text', { body: '只按准予的场景使用数据。' })
  if (made.status !== 201) throw new Error(`commitment text: ${made.text}`)
  return made.body.version
}

/** Signs the commitment in force, for a grant or for freely shared data. */
export const commit = async (city: City, caller: Caller, entryId: string, grantId: string | null = null) =>
  caller.post('/api/v1/commitments', { entryId, grantId, version: await commitmentInForce(city) })
