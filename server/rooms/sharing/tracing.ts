import type { Database } from '../../foundations/database/index.ts'
import type { Gateway } from '../../foundations/gateway/index.ts'
import type { Carrier, Evidence } from '../../foundations/lake/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import * as store from './deliveries.store.ts'
import { findGrant } from './sharing.store.ts'
import {
  type Agreement,
  chanceOfForm,
  chanceOfPseudonym,
  leastAgreeing,
  searchOfSigns,
  suretyOf,
} from './tracing.rules.ts'

/** By what a file was known: the mark of the whole file, its digest, the forms its rows stand in, its pseudonyms. */
export type FoundBy = 'mark' | 'digest' | 'rows' | 'pseudonyms'

/** Why a file names nobody: it has nothing that could; too little of it; or what it has is nobody's. */
export type Unnamed = 'no-carriers' | 'too-few-carriers' | 'no-match'

/** What was handed over, to whom and by which record: a file, or rows by the interface, which bear no mark. */
export type Handed = Omit<store.KeptDelivery, 'mark' | 'snapshotId' | 'basis' | 'sha256'> & {
  readonly mark: string | null
}

export type Finding =
  | {
      readonly found: true
      readonly by: FoundBy
      readonly delivery: Handed
      /** Null where the file was known as a whole. */
      readonly agreement: Agreement | null
    }
  | { readonly found: false; readonly reason: Unnamed; readonly carriers: number }

type Unfound = Extract<Finding, { found: false }>

/** Ways in which rows are looked at, each a chance more to be wrong: forms, prose, pseudonyms. */
const tests = 3

export type Tracing = ReturnType<typeof createTracing>

/** Finds whose file it is, among all that were handed over or those of one organisation. */
export function createTracing({
  database: { db },
  ledger,
  gateway,
}: {
  readonly database: Database
  readonly ledger: Pick<Ledger, 'find'>
  readonly gateway: () => Pick<Gateway, 'namedUnder'>
}) {
  async function bestSign(
    carriers: readonly Carrier[],
    kind: store.KindOfSign,
    signs: number,
    organisationId: string | undefined,
  ) {
    const search = searchOfSigns(carriers, signs * tests)
    if (search === undefined) return undefined
    for await (const page of store.pagesOfSigns(db, kind, organisationId)) search.look(page)
    return search.found()
  }

  async function byPseudonyms(
    pseudonyms: readonly string[],
    organisationId: string | undefined,
  ): Promise<{ grantId: string; agreement: Agreement } | undefined> {
    if (pseudonyms.length === 0) return undefined
    const grants = await store.findGrantsWithPseudonyms(db, organisationId)
    const least = leastAgreeing(pseudonyms.length, grants.length * tests, chanceOfPseudonym)
    if (least === undefined) return undefined
    let best: { grantId: string; count: number } | undefined
    for (const grantId of grants) {
      const count = pseudonyms.filter(gateway().namedUnder(grantId)).length
      if (count >= least && count > (best?.count ?? 0)) best = { grantId, count }
    }
    if (best === undefined) return undefined
    const carriers = pseudonyms.length
    const surety = suretyOf(carriers, best.count, grants.length * tests, chanceOfPseudonym)
    return { grantId: best.grantId, agreement: { carriers, agreeing: best.count, surety } }
  }

  /** The newest file under the grant, or else the newest answer of the interface. */
  async function handedUnder(grantId: string, columns: readonly string[]): Promise<Handed | undefined> {
    const file = await store.findDeliveryUnder(db, { grantId }, columns)
    if (file !== undefined) return file
    const grant = await findGrant(db, grantId)
    const [last] = (await ledger.find({ grantId, kind: 'access.rows', limit: 1 })).records
    return (
      grant && last && { ...grant, grantId, mark: null, hand: null, recordId: last.id, at: new Date(last.at) }
    )
  }

  return {
    /** `organisationId`: asks only whether the file was handed to that one. */
    async find(evidence: Evidence, sha256: string, organisationId?: string): Promise<Finding> {
      const { mark, forms, prose, pseudonyms, columns } = evidence
      const whole = await store.findDelivery(db, { mark, sha256 })
      if (whole !== undefined)
        return {
          found: true,
          by: whole.mark === mark ? 'mark' : 'digest',
          delivery: whole,
          agreement: null,
        }
      const counted = await store.countSigns(db, organisationId)
      const form = await bestSign(forms, 'mark', counted.mark, organisationId)
      if (form !== undefined) {
        const delivery = await store.findDelivery(db, { mark: form.sign, sha256 })
        if (delivery !== undefined) return { found: true, by: 'rows', delivery, agreement: form }
      }
      const hand = await bestSign(prose, 'hand', counted.hand, organisationId)
      if (hand !== undefined) {
        const delivery = await store.findDeliveryUnder(db, { hand: hand.sign }, columns)
        if (delivery !== undefined) return { found: true, by: 'rows', delivery, agreement: hand }
      }
      const named = await byPseudonyms(pseudonyms, organisationId)
      if (named !== undefined) {
        const delivery = await handedUnder(named.grantId, columns)
        if (delivery !== undefined)
          return { found: true, by: 'pseudonyms', delivery, agreement: named.agreement }
      }
      return unnamed(evidence, counted.mark)
    },

    /** What is said of a file that names nobody, whether or not it does. */
    unnamed: async (evidence: Evidence): Promise<Unfound> =>
      unnamed(evidence, (await store.countSigns(db)).mark),
  }
}

const unnamed = (evidence: Evidence, candidates: number): Unfound => ({
  found: false,
  reason: reasonOf(evidence, candidates),
  carriers: Math.max(evidence.forms.length, evidence.prose.length, evidence.pseudonyms.length),
})

function reasonOf({ forms, prose, pseudonyms }: Evidence, candidates: number): Unnamed {
  if (forms.length + prose.length + pseudonyms.length === 0) return 'no-carriers'
  const enough = [forms, prose].some(({ length }) => leastAgreeing(length, candidates * tests, chanceOfForm))
  return enough ? 'no-match' : 'too-few-carriers'
}
