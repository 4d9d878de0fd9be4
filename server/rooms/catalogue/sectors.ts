import * as contract from '@tiaoli/contract/sectors'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../../foundations/database/index.ts'
import type { Mount } from '../../foundations/http/index.ts'
import { type Identity, overseesCity, type Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'

export type SectorsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}

type Sector = { theme: string; leadId: string | null; entries: number; institutions: number }

/** Entries of these themes, of one part of the catalogue. */
export type WatchedSectors = { readonly themes: readonly string[]; readonly part: string }

export type Sectors = ReturnType<typeof createSectors>

/**
 * Sectors: the entries of a theme, gathered from all bodies under the one that leads the sector. Who leads is for the
 * authority to record; the texts name no list.
 *
 * @article BJ-16.1-c CQ-22.4-b
 */
export function createSectors({ database, rulebook, identity, ledger, clock }: SectorsDeps) {
  const { db } = database
  const { sectors: rule } = rulebook.catalogue
  const settable = (session: Session): boolean => rule !== undefined && overseesCity(session, 'officer')

  async function find(theme: string | null): Promise<Sector[]> {
    const { rows } = await sql<Sector>`
      select theme, organisation_id as "leadId", entries, institutions from sector_lead
        full join (select theme, count(*)::int as entries, count(distinct provider_id)::int as institutions
          from entry where published and theme <> '' group by theme) as counted using (theme)
      where ${theme}::text is null or theme = ${theme} order by theme`.execute(db)
    return rows.map((row) => ({ ...row, entries: row.entries ?? 0, institutions: row.institutions ?? 0 }))
  }

  return {
    article: rule?.article ?? null,
    settable,
    list: (): Promise<Sector[]> => (rule === undefined ? Promise.resolve([]) : find(null)),

    /** Entries that a body watches as the lead of their sector; undefined where it watches none. @article CQ-22.4-b */
    async watchedBy(
      organisationId: string | undefined,
      tx: Store | Tx = db,
    ): Promise<WatchedSectors | undefined> {
      if (rule?.watches === undefined || organisationId === undefined) return undefined
      const { rows } = await sql<{
        theme: string
      }>`select theme from sector_lead where organisation_id = ${organisationId}`.execute(tx)
      return rows.length === 0 ? undefined : { themes: rows.map((row) => row.theme), part: rule.watches.part }
    },

    /** Who watches the entry as the lead of its sector. */
    async watcherOf(
      { theme, part }: { readonly theme: string; readonly part: string | null },
      tx: Store | Tx = db,
    ): Promise<string | undefined> {
      if (rule?.watches === undefined || part !== rule.watches.part) return undefined
      const { rows } = await sql<{
        organisation_id: string
      }>`select organisation_id from sector_lead where theme = ${theme}`.execute(tx)
      return rows[0]?.organisation_id
    },

    async setLead(session: Session, theme: string, organisationId: string): Promise<Sector> {
      if (rule === undefined) throw new Problem('not-found')
      if (!settable(session))
        throw new Problem('not-allowed', {
          condition: text(
            '行业主管部门由市级数据主管部门登记（平台登记，非法定）',
            'Who leads a sector is recorded by the data authority of the city (kept by the platform, not statutory)',
          ),
        })
      if (identity.organisation(organisationId) === undefined)
        throw new Problem('content-incomplete', {
          condition: text('没有这个单位', 'There is no such body'),
          errors: [{ path: 'organisationId', message: text('没有这个单位', 'There is no such body') }],
        })
      await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'sector.lead',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          article: rule.article,
          outcome: 'set',
          payload: { theme, lead: organisationId },
        })
        await sql`insert into sector_lead (theme, organisation_id, set_at, record_id)
          values (${theme}, ${organisationId}, ${clock.now()}, ${record.id})
          on conflict (theme) do update set organisation_id = excluded.organisation_id, set_at = excluded.set_at,
            record_id = excluded.record_id`.execute(tx)
      })
      return (await find(theme))[0]!
    },
  }
}

export function mountSectors(mount: Mount, sectors: Sectors, identity: Identity): void {
  const show = ({ leadId, ...sector }: Sector) => {
    const lead = leadId === null ? undefined : identity.organisation(leadId)
    return { ...sector, lead: lead ? { id: lead.id, name: lead.name } : null }
  }
  mount(contract.listSectors, async ({ session }) => ({
    items: (await sectors.list()).map(show),
    article: sectors.article,
    settable: sectors.settable(session),
  }))
  mount(contract.setSectorLead, async ({ params, body, session }) =>
    show(await sectors.setLead(session, params.theme, body.organisationId)),
  )
}
