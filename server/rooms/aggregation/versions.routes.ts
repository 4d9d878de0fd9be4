import * as contract from '@tiaoli/contract/versions'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Mount } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Snapshot } from './aggregation.model.ts'
import { presentSnapshot } from './aggregation.view.ts'
import { versionCitation, versionPath } from './versions.rules.ts'
import type { Versions } from './versions.service.ts'
import type { Retention } from './versions.store.ts'

export type VersionRoutesDeps = {
  readonly versions: Versions
  readonly catalogue: Catalogue
  readonly identity: Pick<Identity, 'organisation'>
  readonly publicUrl: string
}

export function mountVersions(mount: Mount, deps: VersionRoutesDeps): void {
  const { versions, catalogue, identity, publicUrl } = deps

  const show = async (version: Snapshot) => {
    const entry = await catalogue.find(version.entryId)
    return presentSnapshot(version, entry?.live?.snapshotId === version.id, null)
  }
  const showRetention = (rule: Retention | undefined) => ({
    rule: rule === undefined ? null : { keepDays: rule.keepDays, keepLeast: rule.keepLeast },
    setAt: rule?.setAt.toISOString() ?? null,
    recordId: rule?.recordId ?? null,
  })

  mount(contract.getVersion, async ({ params, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    const version = await versions.byNumber(entry.id, params.number)
    const provider = identity.organisation(entry.providerId)?.name ?? text('', '')
    const path = versionPath(entry.id, version.number)
    const named = { title: entry.content.title, number: entry.number }
    const liveOn = civilDateOf(version.liveAt)
    return {
      version: await show(version),
      citation: versionCitation(named, provider, version, liveOn, `${publicUrl}${path}`),
      path,
    }
  })
  mount(contract.citeVersion, async ({ params, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    return show(await versions.cite(session, entry.id, params.snapshotId))
  })
  mount(contract.pinVersion, async ({ params, body, session }) =>
    show(await versions.pin(session, params.entryId, params.snapshotId, body.note)),
  )
  mount(contract.unpinVersion, async ({ params, session }) =>
    show(await versions.pin(session, params.entryId, params.snapshotId, null)),
  )
  mount(contract.restoreVersion, async ({ params, body, session }) =>
    show(await versions.restore(session, params.entryId, params.snapshotId, body.note)),
  )
  mount(contract.getRetention, async ({ params, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    return showRetention(await versions.retention(entry.id))
  })
  mount(contract.setRetention, async ({ params, body, session }) =>
    showRetention(await versions.setRetention(session, params.entryId, body.rule)),
  )
}
