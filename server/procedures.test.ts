import { expect, it, vi } from 'vitest'
import type { ActHappened } from './foundations/cases/index.ts'
import type { Procedure, Rulebook } from './foundations/rulebook/index.ts'
import { createProcedures, type RoomService } from './procedures.ts'

const rulebook = (...effects: (string | undefined)[]) =>
  ({
    id: 'yunzhou-2025',
    procedures: [{ key: 'lending', acts: effects.map((effect, index) => ({ key: `act-${index}`, effect })) }],
  }) as unknown as Rulebook
const happened = (procedure: string, effect?: string) =>
  ({ procedure: { key: procedure } as Procedure, state: { id: 'case-1' }, effect }) as ActHappened
const room = (part: Partial<RoomService>) => {
  const onAct = vi.fn<RoomService['onAct']>(async () => {})
  return { effects: [], ...part, onAct }
}

it('stops the start where a procedure names effects that nobody brings about, and names all of them', () => {
  expect(() =>
    createProcedures(rulebook('grant', 'destroy', 'sell'), [room({ effects: ['grant'] })]),
  ).toThrow(/lending\.act-1: destroy, lending\.act-2: sell/)
})

it('tells a room of its effects and of the procedures that it follows, once for each act', async () => {
  const [catalogue, sharing] = [
    room({ effects: ['publish'], follows: ['catalogue-entry'] }),
    room({ effects: ['grant'] }),
  ]
  const { onAct } = createProcedures(rulebook('grant', undefined), [catalogue, sharing])
  await onAct(happened('catalogue-entry', 'publish'))
  await onAct(happened('catalogue-entry'))
  await onAct(happened('lending', 'grant'))
  await onAct(happened('lending'))
  expect(catalogue.onAct).toHaveBeenCalledTimes(2)
  expect(sharing.onAct).toHaveBeenCalledTimes(1)
})

it('undoes an act of an old edition whose effect no room brings about any more', async () => {
  const { onAct } = createProcedures(rulebook('grant'), [room({ effects: ['grant'] })])
  await expect(onAct(happened('lending', 'lend'))).rejects.toThrow('no room brings about lend')
})
