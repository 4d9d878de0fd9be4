import type { Edition as EditionView } from '@tiaoli/contract/editions'
import type { Specification as SpecificationView } from '@tiaoli/contract/specifications'
import { text } from '@tiaoli/kernel/text'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Edition } from './editions.store.ts'
import type { Specification } from './specification.rules.ts'
import type { LocalTarget } from './targets.store.ts'

export const organisationIn = (identity: Identity) => (id: string) => ({
  id,
  name: identity.organisation(id)?.name ?? text(id, id),
})

export function presentSpecification(
  identity: Identity,
  specification: Specification,
  inForce: number | undefined,
): SpecificationView {
  const organisation = organisationIn(identity)
  return {
    version: specification.version,
    title: specification.title,
    note: specification.note,
    items: [...specification.items],
    cosigners: specification.cosigners.map(organisation),
    publisher: organisation(specification.organisationId),
    publishedAt: specification.publishedAt.toISOString(),
    effectiveAt: specification.effectiveAt.toISOString(),
    inForce: specification.version === inForce,
    recordId: specification.recordId,
  }
}

export const presentEdition = (identity: Identity, edition: Edition): EditionView => ({
  id: edition.id,
  catalogue: edition.catalogue,
  number: edition.number,
  scope: edition.organisationId === null ? 'city' : 'organisation',
  publisher: organisationIn(identity)(edition.publisherId),
  publishedAt: edition.publishedAt.toISOString(),
  note: edition.note,
  entries: edition.entries,
  added: edition.added,
  changed: edition.changed,
  withdrawn: edition.withdrawn,
  recordId: edition.recordId,
})

export const presentTarget = (target: LocalTarget | undefined) =>
  target === undefined
    ? null
    : {
        months: target.months,
        instrument: target.instrument,
        statutory: false as const,
        setAt: target.setAt.toISOString(),
      }
