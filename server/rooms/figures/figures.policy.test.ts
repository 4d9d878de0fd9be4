import { expect, it } from 'vitest'
import type { Organisation, Power, Session } from '../../foundations/identity/index.ts'
import { bodiesCounted, mayList } from './figures.policy.ts'

const body = (id: string, kind: Organisation['kind'], level: Organisation['level'], divisionCode?: string) =>
  ({ id, kind, level, ...(divisionCode ? { divisionCode } : {}) }) as Organisation
const city = body('city', 'authority', 'city')
const district = body('district', 'authority', 'district', '500101')
const near = body('near', 'department', 'district', '500101')
const far = body('far', 'department', 'district', '500102')
const bodies = [city, district, near, far]
const of = (organisation: Organisation | null, ...powers: Power[]) =>
  ({ user: { id: 'u', organisation, powers } }) as unknown as Session

it('opens the cases behind a figure to the body itself and to the authority of its area', () => {
  const who = (session: Session) => [null, 'near', 'far'].map((id) => mayList(session, bodies, id))
  expect(who(of(city, 'officer'))).toEqual([true, true, true])
  expect(who(of(district, 'supervisor'))).toEqual([false, true, false])
  expect(who(of(near, 'requester'))).toEqual([false, true, false])
  // Whoever only administers the installation decides nothing and watches over nobody.
  expect(who(of(city, 'admin'))).toEqual([false, false, false])
  expect(who(of(null))).toEqual([false, false, false])
  expect(who({ user: null } as Session)).toEqual([false, false, false])
})

it('counts by requesting body within the area alone', () => {
  expect(bodiesCounted(of(city, 'officer'), bodies, 'applicant', undefined)).toBeUndefined()
  expect(bodiesCounted(of(district, 'officer'), bodies, 'applicant', undefined)).toEqual(['district', 'near'])
  expect(bodiesCounted(of(near), bodies, 'applicant', undefined)).toEqual(['near'])
  expect(() => bodiesCounted(of(district, 'officer'), bodies, 'applicant', 'far')).toThrow('not-allowed')
  expect(bodiesCounted(of(near), bodies, 'provider', 'far')).toEqual(['far'])
})
