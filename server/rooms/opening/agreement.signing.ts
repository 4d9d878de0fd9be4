import { createHash } from 'node:crypto'
import type { ActHappened } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import type { AgreementRules } from '../../foundations/rulebook/index.ts'
import { documentText, termsText } from './agreement.document.ts'
import type { Agreement, Signature } from './agreement.model.ts'
import type { OpeningDeps } from './opening.deps.ts'

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What is signed, and the signatures under it: each a record of the log that holds the digest of the terms. */
export function createSigning({
  rulebook,
  catalogue,
  identity,
  ledger,
}: Pick<OpeningDeps, 'rulebook' | 'catalogue' | 'identity' | 'ledger'>) {
  /** Its receipt proves the signature to whoever holds the text. @article CQ-29.1-a */
  async function recordSignature(
    tx: Tx,
    rules: AgreementRules,
    { number, entryId, caseId }: Pick<Agreement, 'number' | 'entryId' | 'caseId'>,
    side: 'authority' | 'user',
    signature: Signature,
    terms: string,
  ): Promise<string> {
    const { id } = await ledger.record(tx, {
      kind: 'agreement.signature',
      userId: signature.userId,
      organisationId: signature.organisationId,
      entryId,
      caseId,
      article: rules.article,
      outcome: 'signed',
      payload: {
        number,
        side,
        signedBy: signature.name,
        ...(signature.inPlaceOf ? { inPlaceOf: signature.inPlaceOf.name } : {}),
        signedAt: signature.at,
        terms,
      },
    })
    return id
  }

  async function termsOf(
    rules: AgreementRules,
    { tx, procedure, state }: ActHappened,
    agreement: Parameters<typeof termsText>[0]['agreement'] & Pick<Agreement, 'entryId'>,
  ): Promise<string> {
    const entry = (await catalogue.find(agreement.entryId, tx))!
    const userName = state.events[0]?.actor?.name ?? ''
    return termsText({ rulebook, rules, procedure, agreement, entry, identity, userName })
  }

  return {
    /** The authority signs the terms first. */
    async offered(
      rules: AgreementRules,
      happened: ActHappened,
      agreement: Parameters<typeof termsOf>[2] & Pick<Agreement, 'caseId' | 'offered'>,
    ) {
      const terms = await termsOf(rules, happened, agreement)
      const termsSha256 = sha256Of(terms)
      const { offered } = agreement
      const offeredRecordId = await recordSignature(
        happened.tx,
        rules,
        agreement,
        'authority',
        offered,
        termsSha256,
      )
      return { terms, termsSha256, offeredRecordId }
    },

    /** The user signs the same terms, and the document is whole. */
    async accepted(
      rules: AgreementRules,
      happened: ActHappened,
      agreement: Agreement,
      accepted: Signature,
      grantId: string,
    ) {
      // An offer that was made before terms were kept is written out now, from what it recorded.
      const terms = agreement.terms ?? (await termsOf(rules, happened, agreement))
      const termsSha256 = sha256Of(terms)
      const acceptedRecordId = await recordSignature(
        happened.tx,
        rules,
        agreement,
        'user',
        accepted,
        termsSha256,
      )
      const given = { agreement, terms, termsSha256, accepted, acceptedRecordId, identity, grantId }
      const document = documentText(given)
      return { accepted, acceptedRecordId, document, sha256: sha256Of(document) }
    },
  }
}
