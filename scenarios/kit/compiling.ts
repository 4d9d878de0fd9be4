import type { Power } from '@tiaoli/server/foundations/identity/index'
import { expect } from 'vitest'
import { closed, companyRegister, conditional } from './acts.ts'
import { type Caller, callerOf } from './caller.ts'
import { type City, cityPassword } from './city.ts'
import { syntheticCreditCode } from './synthetic.ts'

export type BodyOptions = {
  readonly kind?: 'authority' | 'department' | 'public-service' | 'company'
  readonly roles?: readonly string[]
  readonly powers?: readonly Power[]
  readonly level?: 'city' | 'district'
  readonly budgetFunded?: boolean
}

/** One more body in the city, with one member who may do what `powers` say; signed in. */
export async function addBody(
  city: City,
  id: string,
  name: string,
  options: BodyOptions = {},
): Promise<Caller> {
  const { identity } = city.house
  await identity.createOrganisation({
    id,
    name: { zh: name, en: id },
    kind: options.kind ?? 'department',
    level: options.level ?? 'city',
    creditCode: syntheticCreditCode(500 + identity.organisations().length),
    roles: options.roles ?? ['department'],
    budgetFunded: options.budgetFunded ?? true,
  })
  const username = `${id.replaceAll('-', '_')}_member`
  await identity.createUser({
    username,
    name: `示例${name}`,
    password: cityPassword,
    organisationId: id,
    powers: [...(options.powers ?? ['steward', 'requester', 'officer'])],
  })
  return callerOf(city.house, { username, password: cityPassword })
}

/** An item that a specification makes obligatory. */
export const obligatory = (key: string, zh: string, more: object = {}) => ({
  key,
  term: { zh, en: key },
  required: true,
  ...more,
})

export async function publishSpecification(city: City, items: object[], more: object = {}) {
  const answer = await city.authority.post('/api/v1/specifications', {
    title: '目录编制规范',
    items,
    ...more,
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

/** A complete draft, except for what is given otherwise. */
export async function draftEntry(steward: Caller, content: object = {}): Promise<string> {
  const answer = await steward.post('/api/v1/entries', {
    ...companyRegister,
    sharing: conditional,
    opening: closed,
    ...content,
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id
}

export const editionOf = (
  city: City,
  catalogue: string,
  body: object = {},
  caller: Caller = city.authority,
) => caller.post(`/api/v1/catalogues/${catalogue}/editions`, body)

export const titles = (items: readonly { title: string }[]): string[] =>
  items.map(({ title }) => title).sort()
