import * as contract from '@tiaoli/contract/opening-report'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Mount } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Sharing } from '../sharing/index.ts'
import type { Assessment, Reassessment, Setting } from './reassessment.ts'

const mostEntries = 500

export function mountReassessment(
  mount: Mount,
  deps: {
    readonly reassessment: Reassessment
    readonly catalogue: Catalogue
    readonly sharing: Sharing
    readonly identity: Identity
    readonly now: () => Date
  },
): void {
  const { reassessment, catalogue, sharing, identity, now } = deps
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const presentSetting = ({ everyMonths, instrument, setAt }: Setting) => ({
    everyMonths,
    instrument,
    setAt: setAt.toISOString(),
  })
  const presentAssessment = ({ finding, reasons, at, organisationId }: Assessment) => ({
    finding,
    reasons,
    at: at.toISOString(),
    by: organisation(organisationId),
  })

  mount(contract.listReassessments, async ({ session }) => {
    const set = await reassessment.setting()
    const entries = await reassessment.entries(session, mostEntries)
    const newest = await reassessment.newestOf(entries.map(({ id }) => id))
    const today = civilDateOf(now())
    const items = []
    for (const entry of entries) {
      const last = newest.get(entry.id)
      const nextOn = reassessment.nextOn(entry, last, set)
      items.push({
        entry: { id: entry.id, number: entry.number, title: entry.content.title },
        provider: organisation(entry.providerId),
        conditions: entry.content.opening.conditions,
        nextOn,
        due: nextOn !== null && nextOn <= today,
        waitsForConversion: last?.finding === 'qualifies',
        last: last ? presentAssessment(last) : null,
        liveGrants: await sharing.liveGrants(entry.id),
        mayAssess: reassessment.mayAssess(session, entry),
      })
    }
    return {
      article: reassessment.rules?.article ?? null,
      setting: set ? presentSetting(set) : null,
      maySet: reassessment.rules !== undefined && reassessment.maySet(session),
      items,
    }
  })
  mount(contract.setReassessment, async ({ body, session }) =>
    presentSetting(await reassessment.set(session, body)),
  )
  mount(contract.assessOpening, async ({ params, body, session }) => {
    const { assessment, told } = await reassessment.assess(session, params.entryId, body)
    const entry = (await catalogue.find(params.entryId))!
    return {
      entry: { id: entry.id, openingType: entry.content.opening.type },
      assessment: presentAssessment(assessment),
      recordId: assessment.recordId,
      told,
    }
  })
}
