import { expect, it } from 'vitest'
import { loadRulebook } from '../rulebook/index.ts'
import { isAnswer } from './figure.ts'

const answersIn = (city: string, key: string): string[] => {
  const { procedures } = loadRulebook(new URL(`../../../law/${city}/`, import.meta.url))
  const procedure = procedures.find((each) => each.key === key)!
  return procedure.acts
    .filter((act) => isAnswer(procedure, { act: act.key, to: act.to ?? act.from[0]! }))
    .map((act) => act.key)
}

it('takes the act by which the deciding body replies for the answer, whatever the case still waits for', () => {
  // Consent to opening: the agreement is yet to be signed.
  expect(answersIn('chongqing-2022', 'opening-request')).toEqual(['agree', 'refuse', 'countersign-agreement'])
  expect(answersIn('chongqing-2022', 'sharing-request')).toEqual(['grant', 'refuse'])
  // Agreed, and still to be carried out by the agency.
  expect(answersIn('xiamen-2022', 'sharing-request')).toEqual(['agree', 'refuse', 'confirm-receipt'])
})

it('takes a no that can be negotiated for an answer, and the taking in of a request for none', () => {
  const sharing = answersIn('tianjin-2018', 'sharing-request')
  expect(sharing).toContain('refuse')
  expect(sharing).not.toContain('accept')
  expect(answersIn('tianjin-2018', 'opening-request')).not.toContain('accept')
})
