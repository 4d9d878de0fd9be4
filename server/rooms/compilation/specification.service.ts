import type { publishSpecification } from '@tiaoli/contract/specifications'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import { type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import {
  type Entry,
  type EntryContent,
  type EntryFault,
  type EntryWatcher,
  isFilled,
} from '../catalogue/index.ts'
import type { CompilationDeps } from './compilation.deps.ts'
import { requireOffered, requireOffice } from './compilation.policy.ts'
import { faultsBySpecification, type Specification } from './specification.rules.ts'
import * as store from './specification.store.ts'

export type SpecificationInput = z.output<(typeof publishSpecification)['body']>

/** An entry that has to be brought up to the version in force, with what that version finds amiss. */
export type EntryBehind = {
  readonly entry: Entry
  readonly met: number | null
  readonly inForce: number
  readonly faults: readonly EntryFault[]
}

export type Specifications = ReturnType<typeof createSpecifications>

/** The uniform specification by which entries are compiled (编制规范). */
export function createSpecifications(deps: CompilationDeps) {
  const { database, catalogue, identity, ledger, rules, clock } = deps
  const { db } = database
  const { specification: rule, states } = rules

  const inForce = () => store.findInForce(db, clock.now())

  /** What the text itself asks entries to state, whatever the specification says. */
  const statementFaults = (content: EntryContent): EntryFault[] =>
    states
      .filter((item) => !isFilled(content, item.key))
      .map(({ key, article, term }) => ({
        path: key,
        article,
        message: text(`缺少${term.zh}`, `Missing: ${term.en}`),
      }))

  /** Entries are handed in by the version in force, and keep which one that was. */
  const watcher: EntryWatcher = {
    async check(tx, entry, moment) {
      if (moment !== 'submission') return []
      const content = entry.pending ?? entry.content
      const faults = statementFaults(content)
      const current = rule && (await store.findInForce(tx, clock.now()))
      if (!rule || !current) return faults
      const found = faultsBySpecification(current, rule.article, content)
      if (found.length === 0) await store.writeMet(tx, entry.id, current.version, clock.now())
      return [...faults, ...found]
    },
  }

  return {
    watcher,
    inForce,
    versions: (below: number | undefined, limit: number) => store.findSpecifications(db, below, limit),
    met: (entryIds: readonly string[]) => store.findMet(db, entryIds),

    async publish(session: Session, input: SpecificationInput): Promise<Specification> {
      const { article, by, cosigned } = requireOffered(rule)
      const organisationId = requireOffice(session, by, article)
      const now = clock.now()
      const effectiveAt = input.effectiveAt === undefined ? now : new Date(input.effectiveAt)
      requireCosigners(input.cosigners, cosigned, article)
      const keys = input.items.map((item) => item.key)
      const double = keys.find((key, index) => keys.indexOf(key) !== index)
      if (double !== undefined)
        throw fault('items', text(`项目重复：${double}`, `An item stands twice: ${double}`))
      return database.inTransaction(async (tx) => {
        const newest = await store.newestForUpdate(tx)
        if (effectiveAt < now || (newest !== undefined && effectiveAt < newest.effectiveAt))
          throw fault(
            'effectiveAt',
            text(
              '生效时间不得早于现在和上一版的生效时间',
              'It takes effect neither in the past nor before the last version',
            ),
          )
        const version = (newest?.version ?? 0) + 1
        const record = await ledger.record(tx, {
          kind: 'specification.published',
          userId: session.user!.id,
          organisationId,
          article,
          outcome: 'published',
          payload: {
            version,
            title: input.title,
            effectiveAt: effectiveAt.toISOString(),
            cosigners: input.cosigners,
            items: input.items.map(({ key, required }) => ({ key, required })),
          },
        })
        const { title, note, items, cosigners } = input
        const specification: Specification = {
          ...{ version, title, note, items, cosigners, organisationId, effectiveAt },
          publishedAt: now,
          recordId: record.id,
        }
        await store.insertSpecification(tx, specification, session.user!.id)
        return specification
      })
    },

    /** Published entries that met an older version or none, by their ids: of all bodies for the authority, else the own ones. */
    async behind(session: Session, after: string | undefined, limit: number): Promise<EntryBehind[]> {
      const current = rule && (await inForce())
      const providerIds = scopeOf(session, identity.organisations(), 'officer')
      if (!rule || !current || providerIds === undefined) return []
      const search = { published: true, providerIds }
      const found: EntryBehind[] = []
      for (let last = after; found.length < limit; ) {
        const entries = await catalogue.walk(search, last, 200)
        const met = await store.findMet(
          db,
          entries.map((entry) => entry.id),
        )
        for (const entry of entries) {
          const version = met.get(entry.id) ?? null
          if (version !== null && version >= current.version) continue
          const faults = faultsBySpecification(current, rule.article, entry.content)
          found.push({ entry, met: version, inForce: current.version, faults })
        }
        last = entries.at(-1)?.id
        if (entries.length < 200) break
      }
      return found.slice(0, limit)
    },
  }

  function requireCosigners(cosigners: readonly string[], cosigned: boolean, article: string): void {
    const unknown = cosigners.find((id) => identity.organisation(id) === undefined)
    if (unknown !== undefined)
      throw fault('cosigners', text('没有所指的会同部门', 'A co-signing body does not exist'))
    if (cosigned && cosigners.length === 0)
      throw new Problem('refused-by-law', {
        article,
        condition: text(
          '编制规范须会同有关部门制定',
          'The specification is laid down with the departments concerned',
        ),
        remedy: text('请写明会同制定的部门。', 'Name the departments that lay it down together with you.'),
        errors: [{ path: 'cosigners', message: text('请写明会同部门', 'Name the co-signing departments') }],
      })
  }
}

const fault = (path: string, message: { zh: string; en: string }): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
