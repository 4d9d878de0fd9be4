import type { ProviderInput } from '@tiaoli/contract/sign-on'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { type Identity, type Origin, refusalOfPowers, type User } from '../../foundations/identity/index.ts'
import type { SecretSeal } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import * as store from './sign-on.store.ts'

export type ProvidersDeps = {
  readonly database: Database
  readonly identity: Identity
  readonly seal: SecretSeal
  readonly clock: Clock
  readonly withoutTls: boolean
}

/** Identity providers as administrators of the city set them up. */
export function createProviders({ database, identity, seal, clock, withoutTls }: ProvidersDeps) {
  const { db } = database

  function requireSound(input: ProviderInput, by: User): void {
    const { protocol, search, hash } = new URL(input.issuer)
    if ((protocol !== 'https:' && !(withoutTls && protocol === 'http:')) || search !== '' || hash !== '')
      throw incomplete(
        'issuer',
        text('签发者须为 https 地址，不带参数', 'An issuer is an https address without query'),
      )
    input.mapping.forEach(({ organisationId, powers }, index) => {
      const organisation = identity.organisation(organisationId)
      const path = `mapping.${index}`
      if (organisation === undefined || organisation.dissolvedAt != null || organisation.registered)
        throw incomplete(path, text('没有这个在册单位', 'No such organisation is on the list'))
      const refusal = refusalOfPowers(by, { id: null, organisation }, powers)
      if (refusal !== undefined) throw incomplete(path, refusal.condition)
    })
  }

  async function write(provider: store.Provider, by: User, origin: Origin): Promise<store.Provider> {
    await database.inTransaction(async (tx) => {
      if (!(await store.writeProvider(tx, provider)))
        throw incomplete('issuer', text('该签发者已经接入', 'This issuer is set up already'))
      const { id, issuer, clientId, claim, mapping, enabled } = provider
      await identity.accountEvents.write(tx, {
        kind: 'setting',
        userId: null,
        by: by.id,
        origin,
        details: {
          setting: 'sign-on-provider',
          provider: id,
          issuer,
          clientId,
          claim,
          enabled,
          mapping: mapping.map((each) => ({ ...each, powers: [...each.powers] })),
        },
      })
    })
    return provider
  }

  const stated = ({ clientSecret: _, ...input }: ProviderInput) => ({ ...input, changedAt: clock.now() })
  const sealed = ({ clientSecret }: ProviderInput, before: string | null): string | null =>
    clientSecret === undefined ? before : seal.seal(clientSecret)

  return {
    list: (after: string | undefined, limit: number) => store.findProviders(db, after, limit),

    async add(input: ProviderInput, by: User, origin: Origin): Promise<store.Provider> {
      requireSound(input, by)
      return write({ ...stated(input), id: newId(), sealedSecret: sealed(input, null) }, by, origin)
    },

    /** Another issuer is another provider: whoever is linked is known by the former one alone. */
    async change(id: string, input: ProviderInput, by: User, origin: Origin): Promise<store.Provider> {
      const before = await store.findProvider(db, id)
      if (before === undefined) throw new Problem('not-found')
      requireSound(input, by)
      if (input.issuer !== before.issuer)
        throw incomplete(
          'issuer',
          text('签发者不能更改；请另行接入', 'The issuer cannot change: add another provider'),
        )
      return write({ ...stated(input), id, sealedSecret: sealed(input, before.sealedSecret) }, by, origin)
    },
  }
}

const incomplete = (path: string, message: Text): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
