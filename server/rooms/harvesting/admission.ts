import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { Problem } from '../../foundations/problems/index.ts'
import type { Catalogue, DraftInput } from '../catalogue/index.ts'
import { draftOf } from './harvesting.rules.ts'

type RunRefusal = NonNullable<HarvestRun['refusal']>

/** The catalogue takes nothing in for this body as things stand, whatever an entry says: the run has no use. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused'
  readonly refusal: RunRefusal

  constructor({ article, condition, remedy }: Problem['parts']) {
    super('no entry can be taken in')
    this.refusal = { article: article ?? null, condition: condition!, remedy: remedy ?? null }
  }
}

/** An entry that says nothing, in which therefore nothing can be wrong. */
const nothing: DraftInput = draftOf(
  {
    ...{ id: '', title: '条目', summary: '', keywords: [], publisher: '', theme: '', fields: [] },
    ...{ resources: [], licence: '', cycle: '', modified: '' },
  },
  '',
).draft

const pathsOf = ({ parts }: Problem) => (parts.errors ?? []).map(({ path }) => path).join(' ')

/** Tells a refusal of one entry from one that every entry would meet. */
export function createAdmission({ imported }: Pick<Catalogue, 'imported'>, organisationId: string) {
  function refusalOf(draft: DraftInput): Problem | undefined {
    try {
      imported.check(organisationId, draft)
      return undefined
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  }

  /** The error as it is, or a `RunRefused` in its place where an entry that says nothing is refused for the same. */
  function told(error: unknown): unknown {
    const common = error instanceof Problem ? refusalOf(nothing) : undefined
    if (!(error instanceof Problem) || common === undefined) return error
    const same =
      common.code === error.code &&
      common.parts.article === error.parts.article &&
      pathsOf(common) === pathsOf(error)
    return same ? new RunRefused(common.parts) : error
  }

  return {
    /**
     * Why the catalogue would not take a draft; undefined where it would.
     *
     * @throws RunRefused where it would take no draft at all
     */
    refusalOf(draft: DraftInput): Problem | undefined {
      const refusal = refusalOf(draft)
      const error = told(refusal)
      if (error instanceof RunRefused) throw error
      return refusal
    },
    /** Does something with entries; what every entry would meet is thrown as `RunRefused`. */
    async within<T>(work: () => Promise<T>): Promise<T> {
      try {
        return await work()
      } catch (error) {
        throw told(error)
      }
    },
  }
}
