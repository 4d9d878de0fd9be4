import { describe, expect, it } from 'vitest'
import type { Organisation, Power, Session } from '../foundations/identity/index.ts'
import type { RecordView } from '../foundations/ledger/ledger.types.ts'
import { createRecordPolicy } from './record-policy.ts'

const body = (id: string, kind: Organisation['kind'], level: Organisation['level'], divisionCode?: string) =>
  ({ id, kind, level, ...(divisionCode ? { divisionCode } : {}) }) as Organisation
const city = body('city', 'authority', 'city')
const district = body('district', 'authority', 'district', '500101')
const near = body('near', 'department', 'district', '500101')
const far = body('far', 'department', 'district', '500102')
const bodies = [city, district, near, far]
const of = (organisation: Organisation | null, ...powers: Power[]) =>
  ({ user: { id: 'reader', organisation, powers } }) as unknown as Session

/** The one entry that there is: `far` provides it. */
const policy = createRecordPolicy({ organisations: () => bodies } as never, async (entryId) =>
  entryId === 'of-far' ? 'far' : undefined,
)
const record = (more: Partial<RecordView>) =>
  ({ kind: 'access.rows', userId: 'somebody', organisationId: null, entryId: null, ...more }) as RecordView

describe('Records are read', () => {
  const records = {
    own: record({ userId: 'reader' }),
    ofNear: record({ organisationId: 'near' }),
    ofFar: record({ organisationId: 'far' }),
    accessToFar: record({ organisationId: 'near', entryId: 'of-far' }),
    actOnFar: record({ kind: 'case.event', organisationId: 'near', entryId: 'of-far' }),
    ofNobody: record({ userId: null }),
  }
  const all = Object.keys(records)
  it.each<[string, Session, string[]]>([
    ['by nobody who has not signed in', { user: null } as Session, []],
    ['by a person, their own', of(null), ['own']],
    ['by the supervised body, its own', of(near), ['own', 'ofNear', 'accessToFar', 'actOnFar']],
    ['by a provider, its own and the accesses to its entries', of(far), ['own', 'ofFar', 'accessToFar']],
    ['by the authority, all', of(city, 'officer'), all],
    ['by its auditor, who decides nothing, all', of(city, 'supervisor'), all],
    [
      'by the auditor of a district, those of its area',
      of(district, 'supervisor'),
      ['own', 'ofNear', 'accessToFar', 'actOnFar'],
    ],
    ['by an administrator of the installation, no more than their own', of(city, 'admin'), ['own']],
  ])('%s', async (_, session, wanted) => {
    const read = await Promise.all(
      Object.entries(records).map(async ([name, each]) =>
        (await policy.mayRead(session, each)) ? [name] : [],
      ),
    )
    expect(read.flat()).toEqual(wanted)
  })

  it('are searched within the same bounds', async () => {
    expect(await policy.scopeOf(of(city, 'supervisor'), undefined)).toEqual({})
    expect(await policy.scopeOf(of(district, 'supervisor'), undefined)).toEqual({
      organisationIds: ['district', 'near'],
    })
    expect(await policy.scopeOf(of(near), 'of-far')).toEqual({ organisationIds: ['near'] })
    expect(await policy.scopeOf(of(far), 'of-far')).toEqual({ ownOrAccesses: 'far' })
    expect(await policy.scopeOf(of(city, 'admin'), undefined)).toEqual({ organisationIds: ['city'] })
    expect(await policy.scopeOf(of(null), undefined)).toEqual({ personId: 'reader' })
  })
})
