import type { AgreementView } from '@tiaoli/contract/agreements'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type {
  DocumentLanguage,
  DocumentPart,
  Fact,
  PaperDocument,
  Words,
} from '../../foundations/documents/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'

const words = {
  number: text('协议编号', 'Number'),
  entry: text('数据', 'Data'),
  authority: text('甲方（数据主管部门）', 'First party (data authority)'),
  user: text('乙方（使用方）', 'Second party (user)'),
  provider: text('数据提供单位（抄送）', 'Provider of the data (has a copy)'),
  model: text('示范文本版本', 'Version of the model text'),
  matters: text('约定事项', 'What is agreed'),
  clauses: text('固定条款', 'What binds in any case'),
  deviations: text('与示范文本的不同', 'Where it departs from the model text'),
  modelText: text('示范文本', 'Model text'),
  agreed: text('本协议', 'This agreement'),
  signatures: text('电子签名', 'Electronic signatures'),
  signedAt: text('签署时间', 'Signed at'),
  record: text('签名留痕编号', 'Record of the signature'),
  notSigned: text('尚未签署', 'not signed yet'),
  termsDigest: text('所签条款的 SHA-256', 'SHA-256 of the terms that were signed'),
  documentDigest: text('已签署文本的 SHA-256', 'SHA-256 of the signed text'),
  draft: text(
    '草案：双方均签署后协议成立，签署前不提供数据。',
    'Draft: the agreement stands once both have signed; no data are given before.',
  ),
  verify: text(
    '双方各签署同一条款文本：每一签名是留痕日志中的一条记录，载有条款文本的摘要；凭回执和平台的公开核验工具可以独立核验。本页由平台依已签署的文本生成，以摘要所指的文本为准。',
    'Both sides sign one and the same text: each signature is a record of the log and holds the digest of the terms; with its receipt and the public verifier anybody can check it. This paper is made from the signed text; the text that the digest names is what counts.',
  ),
} as const

const fact = (title: Text, value: Words | null): readonly Fact[] =>
  value === null || value === '' ? [] : [{ title, value }]

/** The agreement on paper: parties, the agreed matters one by one, standing clauses, both signatures. @article CQ-29.1-a CQ-29.2-a */
export function agreementPaper(
  agreement: AgreementView,
  rulebook: Pick<Rulebook, 'regulation'>,
  language: DocumentLanguage,
): PaperDocument {
  const { signatures } = agreement
  const parts: DocumentPart[] = [
    ...(signatures.user === null ? [{ kind: 'paragraph', words: words.draft } as const] : []),
    {
      kind: 'facts',
      facts: [
        ...fact(words.number, agreement.number),
        ...fact(words.entry, agreement.entry.title),
        ...fact(words.authority, agreement.authority.name),
        ...fact(words.user, agreement.user.organisation?.name ?? agreement.user.name),
        ...fact(words.provider, agreement.provider.name),
        ...fact(words.model, agreement.modelVersion === null ? null : String(agreement.modelVersion)),
      ],
    },
    { kind: 'heading', words: words.matters, level: 1 },
    {
      kind: 'facts',
      facts: agreement.matters.map(({ title, value }) => ({ title, value: shown(value) })),
    },
    { kind: 'heading', words: words.clauses, level: 1 },
    {
      kind: 'list',
      numbered: true,
      items: agreement.standingClauses.map(({ article, clause }) =>
        text(`${clause.zh}（${article}）`, `${clause.en} (${article})`),
      ),
    },
    ...deviationsPart(agreement),
    { kind: 'heading', words: words.signatures, level: 1 },
    {
      kind: 'facts',
      facts: [...signed(words.authority, signatures.authority), ...signed(words.user, signatures.user)],
    },
    {
      kind: 'facts',
      facts: [
        ...fact(words.termsDigest, agreement.termsSha256),
        ...fact(words.documentDigest, agreement.sha256),
      ],
    },
    { kind: 'paragraph', words: words.verify, tone: 'quiet' },
  ]
  return {
    head: rulebook.regulation,
    title: agreement.name,
    language,
    parts,
    foot: agreement.number,
    madeAt: new Date(signatures.user?.at ?? signatures.authority.at),
  }
}

function deviationsPart({ deviations }: AgreementView): readonly DocumentPart[] {
  if (deviations.length === 0) return []
  return [
    { kind: 'heading', words: words.deviations, level: 1 },
    {
      kind: 'table',
      columns: [
        { title: words.matters, share: 2 },
        { title: words.modelText, share: 4 },
        { title: words.agreed, share: 4 },
      ],
      rows: deviations.map(({ title, model, agreed }) => [title, model, agreed]),
    },
  ]
}

function signed(side: Text, signature: AgreementView['signatures']['user']): readonly Fact[] {
  if (signature === null) return fact(side, words.notSigned)
  const { organisation, name, inPlaceOf } = signature
  const hand =
    inPlaceOf === null ? text(name, name) : text(`${name}代${inPlaceOf}`, `${name} in place of ${inPlaceOf}`)
  const who =
    organisation === null
      ? name
      : text(`${organisation.name.zh}（${hand.zh}）`, `${organisation.name.en} (${hand.en})`)
  return [
    ...fact(side, who),
    ...fact(words.signedAt, momentOf(signature.at)),
    ...fact(words.record, signature.recordId),
  ]
}

/** Beijing time to the second, as both sides would write it. */
function momentOf(at: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' })
  const moment = new Date(at)
  return `${civilDateOf(moment)} ${time.format(moment)} (UTC+8)`
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

function shown(value: unknown): Words {
  if (isText(value)) return value
  return Array.isArray(value) ? value.map(String).join('、') : String(value ?? '')
}
