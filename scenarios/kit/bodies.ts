import type { Organisation, Power } from '@tiaoli/server/foundations/identity/index'
import { type Caller, callerOf } from './caller.ts'
import { type City, cityPassword } from './city.ts'
import { syntheticCreditCode } from './synthetic.ts'

type NewBody = Pick<Organisation, 'id' | 'kind' | 'level'> &
  Partial<Pick<Organisation, 'roles' | 'divisionCode' | 'budgetFunded'>> & { readonly zh: string }

/** A further body of the city, with one member who signs in under its id. */
export async function foundBody(city: City, body: NewBody, powers: readonly Power[]): Promise<Caller> {
  const { identity } = city.house
  const { zh, ...rest } = body
  await identity.createOrganisation({
    roles: body.kind === 'department' ? ['department'] : [],
    budgetFunded: true,
    ...rest,
    name: { zh, en: body.id },
    creditCode: syntheticCreditCode(100 + identity.organisations().length),
  })
  await identity.createUser({
    username: body.id,
    name: `示例${body.id}`,
    password: cityPassword,
    organisationId: body.id,
    powers,
  })
  return callerOf(city.house, { username: body.id, password: cityPassword })
}
