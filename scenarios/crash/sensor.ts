import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { expect } from 'vitest'
import { startMosquitto } from '../../tools/mosquitto.ts'
import { download } from './inspect.ts'
import { signIn } from './people.ts'

const account = { user: 'platform', password: 'synthetic-password' }
/** A breath between two messages: the server has other work too. */
const everyMs = 25

/** What a node has to be told so that it may hear a broker on this machine. */
export const mayHear = { TIAOLI_REACHABLE: '127.0.0.0/8' }

export type Sensor = Awaited<ReturnType<typeof openSensor>>

/** A broker that outlives the servers, and a sensor that goes on sending to it, each message under a key of its own. */
export async function openSensor() {
  const broker = await startMosquitto(account.user, account.password)
  const client = await connectAsync(broker.url, { username: account.user, password: account.password })
  let sent = 0
  let sending = true
  let done: Promise<void> | undefined
  async function send(): Promise<void> {
    for (; sending; sent += 1) {
      await client.publishAsync('levels', JSON.stringify({ station: `站${sent}`, level: sent }), { qos: 1 })
      await sleep(everyMs)
    }
  }
  return {
    /** Registers the stream at a server, and begins to send once it is heard. */
    async begin(address: string, levelsId: string): Promise<void> {
      const steward = await signIn(address, 'market')
      const path = `/api/v1/entries/${levelsId}/streams`
      const mapping = [
        { field: '站点', path: 'station' },
        { field: '水位', path: 'level' },
      ]
      const given = { url: broker.url, topic: 'levels', ...account, mapping, mode: 'upsert' }
      expect((await steward.post(path, { ...given, everyMessages: 20, everySeconds: 1 }))?.status).toBe(201)
      while ((await steward.get(path))?.body.items[0].state !== 'listening') await sleep(20)
      done = send()
    },
    /** Every message that the broker took is one row, on a server that came back. */
    async expectWhole(address: string, levelsId: string): Promise<void> {
      sending = false
      await done
      const expected = Array.from({ length: sent }, (_, n) =>
        JSON.stringify({ 站点: `站${n}`, 水位: n }),
      ).sort()
      await expect
        .poll(async () => (await download(address, levelsId)).sort(), { timeout: 60_000 })
        .toEqual(expected)
    },
    async close(): Promise<void> {
      sending = false
      await done
      await client.endAsync()
      await broker.stop()
    },
  }
}
