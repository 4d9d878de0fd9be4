import * as contract from '@tiaoli/contract/opening-report'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Mount } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Sharing } from '../sharing/index.ts'
import type { Assessment, Ground } from './reassessment.store.ts'
import type { Reassessment, Setting } from './reassessment.ts'
import type { Widening } from './widening.ts'

const mostEntries = 500

export function mountReassessment(
  mount: Mount,
  deps: {
    readonly reassessment: Reassessment
    readonly widening: Widening
    readonly catalogue: Catalogue
    readonly sharing: Sharing
    readonly identity: Identity
    readonly now: () => Date
  },
): void {
  const { reassessment, widening, catalogue, sharing, identity, now } = deps
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
        mayConvert: reassessment.mayConvert(session, entry, last),
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
    const assessment = await reassessment.assess(session, params.entryId, body)
    const entry = (await catalogue.find(params.entryId))!
    return {
      entry: { id: entry.id, openingType: entry.content.opening.type },
      assessment: presentAssessment(assessment),
      recordId: assessment.recordId,
    }
  })
  mount(contract.convertOpening, async ({ params, body, session }) => {
    const { id, content } = await widening.convert(session, params.entryId, body.note)
    return { entry: { id, openingType: content.opening.type } }
  })

  async function showGrounds(session: Session, entryId: string) {
    const { entry, grounds } = await widening.grounds(session, entryId)
    const { article, triggers } = widening.reopening!
    const triggerOf = (key: string) =>
      triggers.find((each) => each.key === key) ?? { key, term: text(key, key) }
    const present = ({ trigger, at, usedAt, userId: _, entryId: __, organisationId, ...ground }: Ground) => ({
      ...ground,
      trigger: triggerOf(trigger),
      at: at.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
      by: organisation(organisationId),
    })
    return {
      article,
      triggers: [...triggers],
      mayState: widening.mayState(session, entry),
      items: grounds.map(present),
    }
  }
  mount(contract.listOpeningGrounds, ({ params, session }) => showGrounds(session, params.entryId))
  mount(contract.stateOpeningGround, async ({ params, body, session }) => {
    await widening.stateGround(session, params.entryId, body)
    return showGrounds(session, params.entryId)
  })
}
