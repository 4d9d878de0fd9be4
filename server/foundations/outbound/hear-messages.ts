import { connect as connectSocket, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { MqttClient } from 'mqtt'
import type { AddressGuard } from './address-guard.ts'
import { addressOf, hostOf, isClosedLiteral } from './database-address.ts'
import { OutboundError } from './outbound-error.ts'

export type Broker = {
  /** `mqtts://host:port`, or `mqtt://host:port` within the ranges that the administrator opened. */
  readonly url: URL
  readonly topic: string
  readonly user: string | null
  readonly password: string | null
  readonly guard: AddressGuard
  /** The same at each connection: by it the broker knows which messages are still owed. */
  readonly clientId: string
}

export type Message = { readonly topic: string; readonly payload: Buffer }

export type Hearing = {
  /** Told of each message; the broker is told that it is kept once this has ended, and sends it again where it fails. */
  readonly onMessage: (message: Message) => Promise<void>
  readonly onListening: () => void
  /** The line is dead, or the broker refused: nothing more comes of this hearing. */
  readonly onEnd: (error: OutboundError) => void
}

/** Whether an address that is no name would be heard without TLS outside the ranges that are opened. */
export const isBareBroker = (url: URL, guard: AddressGuard): boolean =>
  url.protocol === 'mqtt:' && isClosedLiteral(url, guard)

const connectMs = 10_000
/** A broker that lets nothing be heard for so long is asked whether it is there (MQTT 3.1.2.10). */
const keepAliveSeconds = 30
/** Messages that may be on their way without being kept. */
const mostUnkept = 1_000

/** Hears the messages of a topic at quality of service 1. @throws OutboundError @returns how to stop */
export async function hearMessages(broker: Broker, hearing: Hearing): Promise<() => void> {
  const { url, guard } = broker
  const encrypted = url.protocol === 'mqtts:'
  const address = await addressOf(url, guard, encrypted)
  const host = hostOf(url)
  const port = url.port === '' ? (encrypted ? 8883 : 1883) : Number(url.port)
  const client = new MqttClient(
    () =>
      encrypted
        ? connectTls({ host: address, port, ...(isIP(host) === 0 && { servername: host }) })
        : connectSocket({ host: address, port }),
    {
      protocolVersion: 5,
      clientId: broker.clientId,
      clean: false,
      // A day: what comes while the platform is away waits at the broker.
      properties: { sessionExpiryInterval: 86_400, receiveMaximum: mostUnkept },
      ...(broker.user !== null && { username: broker.user }),
      ...(broker.password !== null && { password: broker.password }),
      keepalive: keepAliveSeconds,
      connectTimeout: connectMs,
      // Whoever hears decides when to try again, and looks at the address anew.
      reconnectPeriod: 0,
    },
  )
  let ended = false
  function stop(error?: OutboundError): void {
    if (ended) return
    ended = true
    client.end(true)
    if (error !== undefined) hearing.onEnd(error)
  }
  // The broker is answered when this has ended; until then the next message is not looked at.
  client.handleMessage = ({ topic, payload }, answer) => {
    hearing.onMessage({ topic, payload: Buffer.from(payload) }).then(
      () => answer(),
      (cause: unknown) => stop(new OutboundError('unreachable', undefined, cause)),
    )
  }
  client.on('error', (error) => stop(outbound(error)))
  client.on('close', () => stop(new OutboundError('unreachable')))
  client.on('connect', () => {
    client.subscribe(broker.topic, { qos: 1 }, (error) =>
      error ? stop(new OutboundError('refused', undefined, error)) : hearing.onListening(),
    )
  })
  return () => stop()
}

/** A broker that refuses says so by a code (MQTT 5, 3.2.2.2). */
const outbound = (error: Error): OutboundError =>
  new OutboundError(
    'code' in error && typeof error.code === 'number' ? 'refused' : 'unreachable',
    undefined,
    error,
  )
