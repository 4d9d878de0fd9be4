import { openRemote } from '../../interfaces/remote-catalogue.ts'
import { bringIn, commit, companyFile, conditional, publishEntry, unconditional } from '../../kit/acts.ts'
import { type Caller, callerOf } from '../../kit/caller.ts'
import { type City, cityPassword, openCity } from '../../kit/city.ts'
import { openDemoCity } from '../../kit/demo-city.ts'
import { syntheticCreditCode } from '../../kit/synthetic.ts'
import { editInBulk, harvest } from './brought-in.ts'

/** A city that is looked at: where it answers, and who asks it for addresses. */
export type Looked = {
  readonly base: string
  signIn(username: string): Promise<Caller>
  readonly visitor: Caller
  /** What was made for the sake of looking at it: addresses' parts by name. */
  readonly made: Readonly<Record<string, string>>
  close(): Promise<void>
}

const codes = Array.from({ length: 12 }, (_, index) => syntheticCreditCode(index))

/** The demo city, and what it lacks so far: entries brought in from others and edited together. */
async function demo(): Promise<Looked> {
  const remote = await openRemote()
  const city = await openDemoCity('chongqing', { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' })
  await city.house.identity.createUser({
    username: 'supervisor',
    name: '示例监督员',
    password: cityPassword,
    organisationId: 'authority',
    powers: ['supervisor'],
  })
  const steward = await city.signIn('steward')
  const source = await harvest(city, steward, remote)
  const bulkEdit = await editInBulk(steward)
  return {
    base: await city.house.app.listen({ host: '127.0.0.1', port: 0 }),
    signIn: city.signIn,
    visitor: callerOf(city.house),
    made: { source, bulkEdit },
    async close() {
      await city.close()
      await remote.close()
    },
  }
}

/** A small city with one open entry and one on conditions, each with rows. */
async function small(name: string, more: (city: City, entry: string) => Promise<Looked['made']>) {
  const city = await openCity(name)
  const open = await publishEntry(city, {
    title: '公共停车场',
    sharing: unconditional,
    opening: unconditional,
  })
  const entry = await publishEntry(city, { title: '企业信用评价', opening: conditional })
  await bringIn(city, open, companyFile(codes))
  await bringIn(city, entry, companyFile(codes))
  return {
    base: await city.house.app.listen({ host: '127.0.0.1', port: 0 }),
    signIn: city.signIn,
    visitor: city.visitor,
    made: { entry, open, ...(await more(city, entry)) },
    close: city.close,
  } satisfies Looked
}

async function must(answer: ReturnType<Caller['post']>): Promise<string> {
  const { status, body, text } = await answer
  if (status >= 300) throw new Error(text)
  return body.id
}

export const openers = {
  chongqing: demo,
  suzhou: () =>
    small('suzhou', async (city) => ({
      list: await must(city.authority.post('/api/v1/opening-lists', { list: 'open-catalogue' })),
      system: await must(
        city.steward.post('/api/v1/source-systems', { name: '示例登记系统', url: null, limitSeconds: null }),
      ),
    })),
  beijing: () =>
    small('beijing', async (city, entry) => {
      const demand = { title: '公共充电桩位置', detail: '开发出行小程序需要。', organisation: 'market' }
      await must(city.citizen.post('/api/v1/demands', demand))
      await commit(city, city.user, entry)
      return {}
    }),
  tianjin: () => small('tianjin', async () => ({})),
}

export type CityName = keyof typeof openers
