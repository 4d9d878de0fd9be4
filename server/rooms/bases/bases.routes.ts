import * as contract from '@tiaoli/contract/bases'
import { text } from '@tiaoli/kernel/text'
import type { Mount } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { BasesRules } from '../../foundations/rulebook/index.ts'
import { nextLoadDue, stewardOf } from '../catalogue/index.ts'
import type { Base } from './bases.rules.ts'
import type { Bases, Source } from './bases.service.ts'

export type BasesRoutesDeps = {
  readonly bases: Bases
  readonly identity: Identity
  readonly rules: BasesRules | undefined
  readonly now: () => Date
}

export function mountBases(mount: Mount, { bases, identity, rules, now }: BasesRoutesDeps): void {
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const presentBase = (base: Base, entries: number) => ({
    key: base.key,
    term: base.term,
    article: rules?.article ?? '',
    identifier: base.identifier,
    named: base.named,
    lead: base.leadId === null ? null : organisation(base.leadId),
    entries,
  })

  function presentSource(session: Session, base: Base, { entry, keyField, reference, coverage }: Source) {
    const due = nextLoadDue(entry.content, entry.live?.at ?? null)
    return {
      entryId: entry.id,
      title: entry.content.title,
      provider: organisation(entry.providerId),
      keyField,
      reference,
      rows: entry.live?.rows ?? null,
      liveAt: entry.live?.at.toISOString() ?? null,
      dueBefore: due?.toISOString() ?? null,
      late: due !== null && due < now(),
      coverage: coverage && {
        ...coverage,
        share: coverage.keys === 0 ? 0 : coverage.matched / coverage.keys,
      },
      detachable: bases.mayMap(session, base, entry),
    }
  }

  async function show(session: Session, key: string) {
    const base = await bases.requireBase(key)
    const sources = await bases.sourcesOf(base, session)
    return {
      ...presentBase(base, sources.length),
      sources: sources.map((source) => presentSource(session, base, source)),
      leadable: bases.decides(session),
      attachable: bases.decides(session) || stewardOf(session) !== undefined,
      checkable: rules?.checks === true && session.user !== null,
    }
  }

  mount(contract.listBases, async ({ session }) => {
    const counts = await bases.counts()
    return {
      items: (await bases.list()).map((base) => presentBase(base, counts.get(base.key) ?? 0)),
      addable: rules?.open === true && bases.decides(session),
    }
  })
  mount(contract.getBase, ({ params, session }) => show(session, params.baseKey))
  mount(contract.addBase, async ({ body, session }) => {
    await bases.add(session, body)
    return show(session, body.key)
  })
  mount(contract.setBaseLead, async ({ params, body, session }) => {
    await bases.lead(session, params.baseKey, body.organisationId)
    return show(session, params.baseKey)
  })
  mount(contract.attachToBase, async ({ params, body, session }) => {
    await bases.attach(session, params.baseKey, body.entryId, body.keyField)
    return show(session, params.baseKey)
  })
  mount(contract.detachFromBase, async ({ params, body, session }) => {
    await bases.detach(session, params.baseKey, body.entryId)
    return show(session, params.baseKey)
  })
  mount(contract.checkAgainstBase, async ({ params, body, session }) => {
    const { reference, rows, recordId } = await bases.check(session, params.baseKey, body)
    const count = (state: string) => rows.filter((row) => row.state === state).length
    return {
      reference: {
        entryId: reference.entryId,
        title: reference.entry.content.title,
        keyField: reference.keyField,
      },
      matched: count('matched'),
      proposed: count('proposed'),
      unmatched: count('unmatched'),
      rows: [...rows],
      recordId,
    }
  })
}
