import { createTransport } from 'nodemailer'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }
export type SendMail = (mail: Mail) => Promise<void>

const patienceMs = 10_000

/** Hands mail to the server of the installation; throws where the server does not take it. */
export function createMailer({ server, from }: { readonly server: string; readonly from: string }): SendMail {
  const transport = createTransport({
    url: server,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // What a text says is never taken for a file to read or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ to, subject, text }) => {
    const { accepted } = await transport.sendMail({ from, to, subject, text })
    if (accepted.length === 0) throw new Error('the mail server took the mail for nobody')
  }
}
