import type { Gateway } from '../../foundations/gateway/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { DescribedSnapshot } from './described.model.ts'

/** What the interfaces are given: they read what everybody may read, and rows through the gateway alone. */
export type InterfacesDeps = {
  readonly catalogue: Pick<Catalogue, 'publicList' | 'search' | 'find'>
  readonly gateway: Gateway
  readonly identity: Pick<Identity, 'organisation' | 'organisations'>
  readonly rulebook: Rulebook
  /** The address under which users reach the platform, without a slash at its end. */
  readonly publicUrl: string
  /** A version of the data of an entry. */
  readonly snapshot: (id: string) => Promise<DescribedSnapshot | undefined>
}
