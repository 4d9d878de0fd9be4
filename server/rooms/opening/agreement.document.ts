import type { Text } from '@tiaoli/kernel/text'
import type { Identity } from '../../foundations/identity/index.ts'
import type { AgreementRules, Procedure, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { Agreement, Matters, Signature } from './agreement.model.ts'

export type MatterView = {
  readonly key: string
  readonly title: Text
  readonly article: string | null
  readonly value: unknown
}

/** The matters in the order of the form, each under its title; a choice in its words. */
export function mattersShown(rules: AgreementRules, procedure: Procedure, matters: Matters): MatterView[] {
  const asked = procedure.acts.find(({ key }) => key === rules.offeredBy)?.content ?? []
  return asked
    .filter(({ key }) => matters[key] !== undefined)
    .map((field) => ({
      key: field.key,
      title: field.title,
      article: field.article ?? null,
      value: field.choices?.find(({ key }) => key === matters[field.key])?.term ?? matters[field.key],
    }))
}

/**
 * The signed text of an agreement: JSON, so that a program reads it, complete in itself, so that it can be kept
 * anywhere. Its bytes are what is hashed; they are kept and never written anew.
 */
export function documentText(of: {
  readonly rulebook: Rulebook
  readonly rules: AgreementRules
  readonly procedure: Procedure
  readonly agreement: Agreement
  readonly accepted: Signature
  readonly entry: Entry
  readonly identity: Identity
  readonly grantId: string
}): string {
  const { rulebook, rules, agreement, accepted, entry, identity } = of
  const nameOf = (id: string | null) => (id === null ? null : (identity.organisation(id)?.name ?? null))
  const signed = (side: 'authority' | 'user', signature: Signature) => ({
    side,
    organisation: nameOf(signature.organisationId),
    signedBy: signature.name,
    signedAt: signature.at,
  })
  const document = {
    format: 'tiaoli-agreement-1',
    number: agreement.number,
    name: rules.name,
    city: rulebook.city,
    regulation: rulebook.regulation,
    rulebook: { id: rulebook.id, version: rulebook.version },
    entry: { id: entry.id, number: entry.number, title: entry.content.title },
    provider: nameOf(agreement.providerId),
    grantId: of.grantId,
    modelVersion: agreement.modelVersion,
    matters: mattersShown(rules, of.procedure, agreement.matters),
    standingClauses: rules.standing,
    signatures: [signed('authority', agreement.offered), signed('user', accepted)],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
