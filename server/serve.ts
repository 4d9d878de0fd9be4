import { flushCompileCache } from 'node:module'
import { createServer } from 'node:net'
import { compose } from './compose.ts'
import type { Config } from './config.ts'
import { LedgerError } from './foundations/ledger/index.ts'
import type { House } from './house.ts'
import { rulebookOf } from './rulebook-of.ts'

export { rulebookOf }

/** Composes the house, fills it if asked to, and opens its doors. */
export async function serve(
  config: Config,
  prepare?: (house: House) => Promise<void>,
): Promise<House & { readonly address: string }> {
  await requireFreePort(config)
  const house = await compose(config, await rulebookOf(config.city))
  try {
    await house.start()
    await prepare?.(house)
    const address = await house.app.listen({ host: config.host, port: config.port })
    // Kept for the next start, whatever end this one comes to.
    flushCompileCache()
    return { ...house, address }
  } catch (cause) {
    // Its jobs would keep the process, and the folder of its store, which the next start then opens as well.
    await house.close()
    throw startFailure(cause)
  }
}

/** Why the house did not start, in the words of whoever runs it. */
function startFailure(cause: unknown): unknown {
  if (!(cause instanceof LedgerError && cause.code === 'ledger-forked')) return cause
  return new Error(
    `日志与密钥或者数据不符，平台没有启动；请恢复与数据文件夹相配的密钥和日志文件 (keys, log and data do not belong together, so the platform did not start; put back those that fit the data folder): ${cause.message}`,
    { cause },
  )
}

/** Asked before anything is opened or filled: a demo city whose doors cannot open tells nobody its password. */
async function requireFreePort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new Error(
              `端口 ${port} 已被占用，请用 PORT 指定另一个 (port ${port} is taken: name another by PORT)`,
              { cause },
            )
          : cause,
      ),
    )
    probe.listen({ host, port }, resolve)
  })
  await new Promise((resolve) => probe.close(resolve))
}
