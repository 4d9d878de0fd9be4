import { connect, createServer, type Socket } from 'node:net'

/** A line to somebody's server that a scenario can cut. */
export type Wire = {
  readonly port: number
  /** It goes dead after this many more bytes of answers; null: it holds. */
  cutAfter(bytes: number | null): void
  close(): Promise<void>
}

export async function openWire(port: number, host = '127.0.0.1'): Promise<Wire> {
  let left: number | null = null
  const sockets = new Set<Socket>()
  const wire = createServer((caller) => {
    const inner = connect(port, host)
    for (const socket of [caller, inner]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        caller.destroy()
        inner.destroy()
      })
    }
    caller.pipe(inner)
    inner.on('data', (bytes: Buffer) => {
      if (left !== null) left -= bytes.length
      if (left !== null && left < 0) caller.destroy()
      else caller.write(bytes)
    })
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const address = wire.address()
  if (address === null || typeof address === 'string') throw new Error('the wire has no port')
  return {
    port: address.port,
    cutAfter: (bytes) => {
      left = bytes
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => wire.close(resolve))
    },
  }
}
