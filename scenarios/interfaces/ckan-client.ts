import { createRequire } from 'node:module'

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a stranger's program reads them, by name
type Answered = any

type Client = {
  action(name: string, data: object, done: (error: Error | null, answer: Answered) => void): void
}

/** The client that CKAN's own makers published on npm, which has no types. */
export function ckanClient(address: string): (name: string, data: object) => Promise<Answered> {
  const { Client } = createRequire(import.meta.url)('ckan') as { Client: new (address: string) => Client }
  const client = new Client(address)
  return (name, data) =>
    new Promise((resolve, reject) =>
      client.action(name, data, (error, answer) => (error === null ? resolve(answer) : reject(error))),
    )
}
