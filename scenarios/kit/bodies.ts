import type { Organisation, Power } from '@tiaoli/server/foundations/identity/index'
import { type Caller, callerOf } from './caller.ts'
import { type City, cityPassword } from './city.ts'
import { syntheticCreditCode } from './synthetic.ts'

type NewBody = Pick<Organisation, 'id' | 'kind' | 'level'> &
  Partial<Pick<Organisation, 'roles' | 'divisionCode' | 'budgetFunded' | 'registered'>> & {
    readonly zh: string
  }

/** Who signs in for the bodies of a district. */
export type District = {
  readonly authority: Caller
  readonly government: Caller
  readonly bureaus: readonly [Caller, Caller]
}

/**
 * A district with its data authority, its government and two bureaus; they sign in as `<id>_authority`,
 * `<id>_government`, `<id>_first` and `<id>_second`, which are the ids of the bodies too.
 */
export async function foundDistrict(
  city: City,
  id: string,
  zh: string,
  divisionCode: string,
): Promise<District> {
  const known = city.house.rulebook.roles.map(({ key }) => key)
  const body = (
    key: string,
    name: string,
    kind: Organisation['kind'],
    roles: readonly string[],
    powers: readonly Power[],
  ) =>
    foundBody(
      city,
      {
        id: `${id}_${key}`,
        zh: `示例${zh}${name}`,
        kind,
        level: 'district',
        divisionCode,
        roles: roles.filter((role) => known.includes(role)),
      },
      powers,
    )
  return {
    authority: await body(
      'authority',
      '数据主管部门',
      'authority',
      ['authority-district'],
      ['officer', 'supervisor', 'steward', 'requester'],
    ),
    government: await body(
      'government',
      '人民政府',
      'department',
      ['government-district', 'district-government'],
      ['officer'],
    ),
    bureaus: [
      await body('first', '第一局', 'department', ['department'], ['steward', 'requester']),
      await body('second', '第二局', 'department', ['department'], ['steward', 'requester']),
    ],
  }
}

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
