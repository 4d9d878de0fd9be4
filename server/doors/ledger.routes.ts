import { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/ledger'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type { FactsKeeper } from '../foundations/gateway/index.ts'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import type { Session } from '../foundations/identity/index.ts'
import { LedgerError } from '../foundations/ledger/ledger.errors.ts'
import type { Ledger, RecordFilter, RecordView } from '../foundations/ledger/ledger.types.ts'
import { Problem } from '../foundations/problems/index.ts'
import { decisionOf } from './explanation.ts'
import { sendPublicFile } from './public-file.ts'
import { recordKinds } from './record-kinds.ts'
import { type Period, periodOf } from './record-period.rules.ts'
import { createRecordPolicy } from './record-policy.ts'
import { createRecordViews, type RecordViewsDeps } from './record-views.ts'
import { recordLine, recordsHead } from './records.export.ts'

export type LedgerRoutesDeps = RecordViewsDeps & {
  readonly ledger: Ledger
  readonly keeper: FactsKeeper
  readonly clock: Clock
  readonly providerOf: (entryId: string) => Promise<string | undefined>
  readonly caseNumberOf: (grantId: string) => Promise<string | undefined>
  readonly snapshotNumber: (snapshotId: string) => Promise<number | undefined>
  readonly publicUrl: string
}

type Search = z.output<typeof contract.exportRecords.query>

export function mountLedger(mount: Mount, deps: LedgerRoutesDeps): void {
  const { ledger, identity, keeper, clock } = deps
  const present = createRecordViews(deps)
  const policy = createRecordPolicy(identity, deps.providerOf)

  /** What the caller may see of what is asked for. */
  async function filterOf(session: Session, search: Search, period: Period | null): Promise<RecordFilter> {
    const scope = await policy.scopeOf(session, search.entry)
    const { organisation } = search
    const narrowed =
      organisation === undefined
        ? scope.organisationIds
        : (scope.organisationIds?.filter((id) => id === organisation) ?? [organisation])
    return {
      ...scope,
      ...(narrowed && { organisationIds: narrowed }),
      ...(search.entry && { entryId: search.entry }),
      ...(search.case && { caseId: search.case }),
      ...(search.grant && { grantId: search.grant }),
      ...(search.kind && { kind: search.kind }),
      ...(search.accesses && { accesses: true }),
      ...(search.outcome && { outcome: search.outcome }),
      ...(search.article && { article: search.article }),
      ...(search.key && { apiKeyId: search.key }),
      ...(search.scenario && { scenario: search.scenario }),
      ...(search.from && { from: new Date(search.from) }),
      ...(search.before && { before: new Date(search.before) }),
      ...(period && { from: new Date(period.from), before: new Date(period.before) }),
    }
  }

  mount(contract.listRecords, async ({ query, session }) => {
    const { cursor: given, limit, ...search } = query
    const list = listOf('records', [search])
    const cursor = readCursor(list, given, isIdText)
    const searched = periodOf(search, clock.now())
    const filter = await filterOf(session, search, searched)
    const page = await ledger.find({ ...filter, limit, ...(cursor ? { cursor } : {}) }).catch(asProblem)
    return {
      items: await present(page.records),
      nextCursor: page.nextCursor && writeCursor(list, page.nextCursor),
      total:
        cursor === undefined ? await ledger.count(filter, contract.recordsCounted).catch(asProblem) : null,
      searched,
    }
  })

  mount(contract.listRecordKinds, async () => ({
    items: Object.entries(recordKinds).map(([kind, title]) => ({ kind, title })),
  }))

  mount(contract.exportRecords, async ({ query, session, reply }) => {
    const searched = periodOf(query, clock.now())
    const filter = await filterOf(session, query, searched)
    const { more, count } = await ledger.count(filter, contract.recordsPerFile).catch(asProblem)
    if (more)
      throw new Problem('bad-filter', {
        condition: text(
          `查到的留痕超过 ${contract.recordsPerFile} 条，不能导出为一个文件`,
          `More than ${contract.recordsPerFile} records are found: too many for one file`,
        ),
        remedy: text('请缩小时间范围后分次导出', 'Narrow the time and export in parts'),
      })
    await ledger.append({
      kind: 'records.exported',
      userId: session.user!.id,
      organisationId: session.user!.organisation?.id ?? null,
      outcome: 'begun',
      payload: { search: { ...query }, searched, count },
    })
    async function* lines() {
      yield recordsHead
      for (let cursor: string | undefined; ; ) {
        const page = await ledger.find({ ...filter, limit: 200, ...(cursor ? { cursor } : {}) })
        for (const record of await present(page.records)) yield recordLine(record)
        if (page.nextCursor === null) return
        cursor = page.nextCursor
      }
    }
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileNameOf(searched)}"`)
      .send(Readable.from(lines()))
  })

  mount(contract.listLogContents, async ({ query: { from }, session }) => {
    if (!policy.seesAll(session)) throw new Problem('not-allowed')
    const contents = await ledger.contents(from, contract.contentsAtOnce)
    const last = contents.at(-1)
    return {
      items: contents.map(({ salt, ...content }) => ({
        ...content,
        salt: salt?.toString('base64') ?? null,
      })),
      next: last === undefined || contents.length < contract.contentsAtOnce ? null : last.index + 1,
    }
  })

  async function requireRecord(
    recordId: string,
    may: (record: RecordView) => Promise<boolean>,
  ): Promise<RecordView> {
    const record = await ledger.get(recordId)
    if (record === null || !(await may(record))) throw new Problem('not-found')
    return record
  }

  mount(contract.getRecord, async ({ params, session }) => {
    const record = await requireRecord(params.recordId, (found) => policy.mayRead(session, found))
    return (await present([record]))[0]!
  })

  mount(contract.explainRecord, async ({ params, session }) => {
    const record = await requireRecord(params.recordId, (found) => policy.mayProve(session, found))
    const payload = record.payload ?? {}
    const facts = typeof payload.facts === 'string' ? await keeper.find(payload.facts) : undefined
    // A grant that was only stated may be another's: what is told of a grant comes from what the caller held then.
    const grant = facts?.grants.find(({ id }) => id === record.grantId)
    const caseNumber = grant && (await deps.caseNumberOf(grant.id))
    const { snapshotId } = record
    return {
      record: (await present([record]))[0]!,
      decision: decisionOf(record, facts, (id) => identity.organisation(id)?.name),
      grant: grant && caseNumber ? { id: grant.id, caseId: grant.caseId, caseNumber } : null,
      snapshot:
        snapshotId === null
          ? null
          : { id: snapshotId, number: (await deps.snapshotNumber(snapshotId)) ?? null },
      begun: typeof payload.begun === 'string' ? payload.begun : null,
      verify: [
        `curl -fo ledger.key ${deps.publicUrl}/ledger/key`,
        `npm run tiaoli -- verify receipt receipt-${record.id}.json --key ledger.key --url ${deps.publicUrl}`,
      ],
    }
  })

  mount(contract.getReceipt, async ({ params, session }) => {
    await requireRecord(params.recordId, (found) => policy.mayProve(session, found))
    const receipt = await ledger.receipt(params.recordId).catch(asProblem)
    return { ...receipt, proof: [...receipt.proof] }
  })
  mount(contract.getCheckpoint, ({ reply }) => sendPublicFile(ledger, reply, 'checkpoint'))
  mount(contract.getTile, ({ request, reply }) =>
    sendPublicFile(ledger, reply, `tile/${(request.params as { '*': string })['*']}`),
  )
  mount(contract.getLedgerKey, ({ reply }) =>
    reply.type('text/plain; charset=utf-8').send(`${ledger.publicKey()}\n`),
  )
}

/** A file of a part of the time says so in its name: without it, nobody would know of what was left out. */
const fileNameOf = (searched: Period | null): string =>
  searched === null ? 'records.csv' : `records-${dayOf(searched.from)}-${dayOf(searched.before)}.csv`
const dayOf = (at: string): string => civilDateOf(new Date(at)).replaceAll('-', '')

function asProblem(error: unknown): never {
  if (error instanceof LedgerError) {
    if (error.code === 'search-too-long')
      throw new Problem(
        'bad-filter',
        {
          condition: error.text,
          remedy: text(
            '请缩短时间范围，或者加上目录条目、单位等条件',
            'Narrow the time, or add an entry or a body',
          ),
        },
        error,
      )
    if (error.code === 'record-unknown') throw new Problem('not-found', {}, error)
    throw new Problem(
      error.status === 400 ? 'bad-cursor' : 'record-unavailable',
      { condition: error.text, retryAfterSeconds: 2 },
      error,
    )
  }
  throw error
}
