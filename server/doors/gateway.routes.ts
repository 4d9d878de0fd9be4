import { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/gateway'
import { text } from '@tiaoli/kernel/text'
import {
  type Answer,
  callerOf,
  type Gateway,
  type GrantStanding,
  gatewayProblem,
  type Outcome,
  outcomeProblem,
  type RowKey,
  type Standing,
} from '../foundations/gateway/index.ts'
import type { Call, Mount } from '../foundations/http/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import type { Proofs } from '../rooms/proofs/index.ts'
import type { KnownEntries, KnownEntry } from './known-entries.ts'
import { readFields, readFilters, readGroups, readMeasures, readSort } from './selection.ts'

export type GatewayRoutesDeps = {
  readonly gateway: Gateway
  readonly known: KnownEntries
  readonly proofs: Proofs
}

type AnyCall = Pick<Call<(typeof contract.gatewayRoutes)[number]>, 'session' | 'reply'>

type PurposeQuery = { readonly grant?: string | undefined; readonly scenario?: string | undefined }

const purposeOf = ({ grant, scenario }: PurposeQuery) => ({
  ...(grant ? { grantId: grant } : {}),
  ...(scenario ? { scenario } : {}),
})

/**
 * What is left of the limits of the platform and, beside them, of the grant, as a client reads it
 * (draft-ietf-httpapi-ratelimit-headers): each under its name, so that the tighter one shows.
 */
function limitHeaders(
  platform: Standing | undefined,
  ofGrant: readonly GrantStanding[],
): Record<string, string> {
  const policies = ofGrant.map(({ name, most, windowSeconds }) => `"${name}";q=${most};w=${windowSeconds}`)
  const lefts = ofGrant.map(({ name, left, resetSeconds }) => `"${name}";r=${left};t=${resetSeconds}`)
  if (platform !== undefined) {
    const { limits, left, resetSeconds: t } = platform
    policies.push(
      `"requests";q=${limits.requests};w=60, "rows";q=${limits.rows};w=60, "milliseconds";q=${limits.milliseconds};w=60`,
    )
    lefts.push(
      `"requests";r=${left.requests};t=${t}, "rows";r=${left.rows};t=${t}, "milliseconds";r=${left.milliseconds};t=${t}`,
    )
  }
  return policies.length === 0 ? {} : { 'ratelimit-policy': policies.join(', '), ratelimit: lefts.join(', ') }
}

/** Rows that are counted within some ten milliseconds under any filter; see docs/decisions/0049. */
const countedAtOnce = 4_000_000

export function mountGateway(mount: Mount, { gateway, known, proofs }: GatewayRoutesDeps): void {
  /** An answer with what it rests on, or the refusal as a problem that names article, condition and remedy. */
  async function settle<T>(
    { session, reply }: AnyCall,
    call: Promise<Outcome<Answer<T>>>,
  ): Promise<Answer<T>> {
    const tell = (ofGrant: readonly GrantStanding[] = []) =>
      reply.headers(limitHeaders(gateway.standing(callerOf(session)), ofGrant))
    const outcome = await call.catch((error: unknown) => {
      tell()
      throw gatewayProblem(error)
    })
    tell(outcome.standing)
    if (outcome.ok) return outcome.value
    throw outcomeProblem(outcome)
  }

  const groundsOf = (answer: Answer<unknown>) => ({
    basis: { kind: answer.plan.basis, article: answer.plan.article, grantId: answer.plan.grantId },
    recordId: answer.recordId,
  })

  async function frame(answer: Answer<unknown>) {
    const facts = await known.snapshot(answer.snapshotId)
    if (facts === undefined) throw new Problem('no-snapshot')
    return {
      snapshot: { id: facts.id, number: facts.number, liveAt: facts.liveAt.toISOString() },
      ...groundsOf(answer),
    }
  }

  mount(contract.listRows, async (call) => {
    const { params, query, session } = call
    const answer = await settle(
      call,
      gateway.page(
        callerOf(session),
        params.entryId,
        {
          ...optional('fields', readFields(query.fields)),
          ...optional('snapshotId', query.snapshot),
          ...optional('cursor', query.cursor),
          filters: readFilters(query.where),
          sort: readSort(query.sort),
          limit: query.limit,
          ...optional('countUpTo', query.total === 'exact' ? undefined : countedAtOnce),
          signal: untilGone(call.reply),
        },
        purposeOf(query),
      ),
    )
    return {
      columns: answer.plan.fields.map(({ name, type, mask }) => ({ name, type, mask })),
      rows: answer.value.rows.map((row) => ({ ...row })),
      nextCursor: answer.value.nextCursor,
      total: answer.value.total,
      totalIsEstimate: answer.value.totalIsEstimate === true,
      ...(await frame(answer)),
    }
  })

  mount(contract.getRow, async (call) => {
    const { params, query, session } = call
    const facts = await known.entry(params.entryId)
    const key = facts && keyOf(facts, params.key)
    const wanted = readFields(query.fields)
    // What a key is made of is told to those who may have rows; anybody else is answered by the door, as everywhere.
    if (facts !== undefined && key === undefined) {
      const plan = await gateway.plan(callerOf(session), params.entryId, wanted, purposeOf(query))
      if (plan.ok) throw keyProblem(facts)
    }
    const answer = await settle(
      call,
      gateway.row(callerOf(session), params.entryId, key ?? {}, wanted, purposeOf(query)),
    )
    if (answer.value === null) throw new Problem('not-found', { recordId: answer.recordId })
    const row = { ...answer.value }
    if (facts?.heldAt && facts.liveSnapshotId === undefined)
      return { row, snapshot: null, heldAt: facts.heldAt.system, ...groundsOf(answer) }
    return { row, heldAt: null, ...(await frame(answer)) }
  })

  mount(contract.diffRows, async (call) => {
    const { params, query, session } = call
    const answer = await settle(
      call,
      gateway.diff(
        callerOf(session),
        params.entryId,
        {
          earlier: query.from,
          ...optional('fields', readFields(query.fields)),
          ...optional('snapshotId', query.snapshot),
          ...optional('cursor', query.cursor),
          limit: query.limit,
        },
        purposeOf(query),
      ),
    )
    const { rows, notCompared, ...found } = answer.value
    return {
      ...found,
      columns: answer.plan.fields.map(({ name, type, mask }) => ({ name, type, mask })),
      rows: rows.map(({ kind, before, after }) => ({
        kind,
        before: before && { ...before },
        after: after && { ...after },
      })),
      notCompared: [...notCompared],
      ...(await frame(answer)),
    }
  })

  mount(contract.aggregateRows, async (call) => {
    const { params, query, session } = call
    const answer = await settle(
      call,
      gateway.aggregate(
        callerOf(session),
        params.entryId,
        {
          ...optional('snapshotId', query.snapshot),
          groupBy: readGroups(query.group),
          measures: readMeasures(query.measure),
          filters: readFilters(query.where),
          limit: query.limit,
          signal: untilGone(call.reply),
        },
        purposeOf(query),
      ),
    )
    return {
      rows: answer.value.map((row) => ({ ...row })),
      withheld: answer.withheld ?? false,
      ...(await frame(answer)),
    }
  })

  mount(contract.downloadRows, async (call) => {
    const { params, query, session, reply } = call
    // Whatever was answered: an export that is still open by then is not going to be read.
    const signal = untilGone(reply)
    const facts = await known.entry(params.entryId)
    const answer = await settle(
      call,
      gateway.export(
        callerOf(session),
        params.entryId,
        {
          ...optional('fields', readFields(query.fields)),
          ...optional('snapshotId', query.snapshot),
          filters: readFilters(query.where),
          format: query.format,
          ...optional('encoding', query.encoding),
          signal,
        },
        purposeOf(query),
      ),
    )
    const { stream, contentType, fileExtension } = answer.value
    const name = `${facts?.title ?? 'data'}.${fileExtension}`
    reply.header(
      'content-disposition',
      `attachment; filename="data.${fileExtension}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    // RFC 8574: what to name as the source of what is made of the file.
    reply.header('link', `</entries/${params.entryId}>; rel="cite-as"`)
    reply.header('tiaoli-record', answer.recordId)
    reply.header('tiaoli-snapshot', answer.snapshotId)
    const snapshot = await known.snapshot(answer.snapshotId)
    const proven =
      snapshot &&
      (await proofs.over(
        {
          entryId: params.entryId,
          snapshot,
          open: answer.plan.basis === 'open',
          asked: query.proof === true,
        },
        stream,
      ))
    if (proven) reply.header('tiaoli-proof', proven.code)
    return reply.type(contentType).send(Readable.from(proven?.stream ?? stream))
  })
}

/** Ends with the connection: what is still being read by then is read for nobody. */
function untilGone({ raw }: { readonly raw: NodeJS.EventEmitter }): AbortSignal {
  const abort = new AbortController()
  raw.once('close', () => abort.abort())
  return abort.signal
}

/** The parts of a key by the names of their fields; undefined where there are not as many as the entry's key has. */
function keyOf({ keyFields }: KnownEntry, key: string): RowKey | undefined {
  const values = keyFields.length === 1 ? [key] : key.split('~')
  if (keyFields.length === 0 || values.length !== keyFields.length) return undefined
  return Object.fromEntries(keyFields.map((name, index) => [name, values[index]!]))
}

const keyProblem = ({ keyFields }: KnownEntry): Problem =>
  keyFields.length === 0
    ? new Problem('no-key')
    : new Problem('bad-request', {
        condition: text(
          `主键由 ${keyFields.join('、')} 组成，各部分以 ~ 分隔`,
          `The key is made of ${keyFields.join(', ')}; separate its parts by ~`,
        ),
      })

const optional = <K extends string, V>(key: K, value: V | undefined): { [name in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [name in K]: V })
