import { type GrantLimits, limitsInWords } from '@tiaoli/kernel/grant-limits'
import { type Mask, masksInWords } from '@tiaoli/kernel/masks'
import { type RowFilter, rowsInWords } from '@tiaoli/kernel/row-filters'
import type { Text } from '@tiaoli/kernel/text'
import type { Identity } from '../../foundations/identity/index.ts'
import type { AgreementRules, ContentField, Procedure, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { Agreement, Matters, Signature } from './agreement.model.ts'

export type MatterView = {
  readonly key: string
  readonly title: Text
  readonly article: string | null
  readonly value: unknown
}

/** The matters in the order of the form, each under its title; a choice, masks, rows and limits in their words. */
export function mattersShown(rules: AgreementRules, procedure: Procedure, matters: Matters): MatterView[] {
  const asked = procedure.acts.find(({ key }) => key === rules.offeredBy)?.content ?? []
  return asked
    .filter(({ key }) => matters[key] !== undefined)
    .map((field) => ({
      key: field.key,
      title: field.title,
      article: field.article ?? null,
      value: shownValue(field, matters[field.key]),
    }))
}

function shownValue(field: ContentField, value: unknown): unknown {
  if (field.kind === 'masks') return masksInWords(value as Record<string, Mask>)
  if (field.kind === 'rows') return rowsInWords(value as RowFilter)
  if (field.kind === 'limits') return limitsInWords(value as GrantLimits)
  return field.choices?.find(({ key }) => key === value)?.term ?? value
}

type Parties = Pick<Agreement, 'authorityId' | 'providerId' | 'organisationId'>

/**
 * What both sides sign: JSON, so that a program reads it, complete in itself. Its bytes are what is hashed; they are
 * kept and never written anew.
 */
export function termsText(of: {
  readonly rulebook: Rulebook
  readonly rules: AgreementRules
  readonly procedure: Procedure
  readonly agreement: Parties & Pick<Agreement, 'number' | 'modelVersion' | 'matters'>
  readonly entry: Entry
  readonly identity: Identity
  /** Of the person where there is no organisation. */
  readonly userName: string
}): string {
  const { rulebook, rules, agreement, entry, identity } = of
  const nameOf = (id: string) => identity.organisation(id)?.name ?? null
  const { organisationId } = agreement
  const terms = {
    format: 'tiaoli-agreement-terms-1',
    number: agreement.number,
    name: rules.name,
    city: rulebook.city,
    regulation: rulebook.regulation,
    rulebook: { id: rulebook.id, version: rulebook.version },
    entry: { id: entry.id, number: entry.number, title: entry.content.title },
    authority: nameOf(agreement.authorityId),
    user: organisationId === null ? of.userName : nameOf(organisationId),
    provider: nameOf(agreement.providerId),
    modelVersion: agreement.modelVersion,
    matters: mattersShown(rules, of.procedure, agreement.matters),
    standingClauses: rules.standing,
  }
  return `${JSON.stringify(terms, null, 2)}\n`
}

/** The agreement as it stands once both have signed: the terms, byte for byte, and the two signatures under them. */
export function documentText(of: {
  readonly agreement: Pick<Agreement, 'number' | 'offered' | 'offeredRecordId'>
  readonly terms: string
  readonly termsSha256: string
  readonly accepted: Signature
  readonly acceptedRecordId: string
  readonly identity: Identity
  readonly grantId: string
}): string {
  const { agreement, identity, termsSha256 } = of
  const signed = (side: 'authority' | 'user', signature: Signature, recordId: string | null) => ({
    side,
    organisation:
      signature.organisationId === null
        ? null
        : (identity.organisation(signature.organisationId)?.name ?? null),
    signedBy: signature.name,
    ...(signature.inPlaceOf ? { inPlaceOf: signature.inPlaceOf.name } : {}),
    signedAt: signature.at,
    /** SHA-256 of the terms, and the record of the log that holds it. */
    signs: termsSha256,
    recordId,
  })
  const document = {
    format: 'tiaoli-agreement-2',
    number: agreement.number,
    grantId: of.grantId,
    terms: of.terms,
    termsSha256,
    signatures: [
      signed('authority', agreement.offered, agreement.offeredRecordId),
      signed('user', of.accepted, of.acceptedRecordId),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
