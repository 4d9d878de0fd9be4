import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = { readonly from: string; readonly to: string; readonly raw: string }

/** A mail server on this machine that keeps what it is given; it can be told to refuse. */
export async function openMailServer() {
  const mails: ReceivedMail[] = []
  let refuses = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (refuses) return done(new Error('not now'))
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address).join(),
          raw: Buffer.concat(parts).toString(),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (really: boolean) => {
      refuses = really
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The text of a mail as its reader sees it, whichever way it was encoded on its way. */
export function textOfMail({ raw }: ReceivedMail): string {
  const [, body = ''] = raw.split(/\r?\n\r?\n([\s\S]*)/)
  if (/^content-transfer-encoding: base64/im.test(raw)) return Buffer.from(body, 'base64').toString()
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /^content-transfer-encoding: quoted-printable/im.test(raw)
    ? Buffer.from(bytes, 'latin1').toString()
    : body
}

export type ReceivedCall = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A system on this machine that is sent messages; `answers` is the status with which it answers. */
export async function openReceiver() {
  const calls: ReceivedCall[] = []
  let status = 204
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(parts).toString() })
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    })
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/notices`,
    calls,
    answers: (next: number) => {
      status = next
    },
    /** Listens again, at the same address, after it was closed. */
    open: () => listen(port),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
