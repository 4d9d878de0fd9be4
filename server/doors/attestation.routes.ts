import * as contract from '@tiaoli/contract/attestation'
import { text } from '@tiaoli/kernel/text'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Mount } from '../foundations/http/index.ts'
import { type DailyIndex, type Ledger, sm2PemOf } from '../foundations/ledger/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import type { Cosigning, Witness } from '../foundations/witness/index.ts'
import { sendPublicFile } from './public-file.ts'

export type AttestationRoutesDeps = {
  readonly ledger: Ledger
  readonly dailyIndex: DailyIndex
  readonly witness: Witness
  readonly cosigning: Cosigning
}

/** A checkpoint with all its signatures and 63 hashes stays far below. */
const mostRequestBytes = 64 * 1024

const plain = (reply: FastifyReply, body: string): FastifyReply =>
  reply
    .header('access-control-allow-origin', '*')
    .header('cache-control', 'no-cache')
    .type('text/plain; charset=utf-8')
    .send(body)

/** What vouches for the ledger outside: other nodes' logs, the SM3 tree, the daily index, and witnesses. */
export function mountAttestation(
  mount: Mount,
  { ledger, dailyIndex, witness, cosigning }: AttestationRoutesDeps,
): void {
  mount(contract.getAttestation, async () => {
    const [logs, index, standing] = await Promise.all([
      ledger.logs(),
      dailyIndex.latest(),
      witness.standing(),
    ])
    return {
      logs: logs.map(({ path, algorithm, verifierKey, checkpoint, witnessed, fault }) => ({
        path: `/ledger/${path === '' ? '' : `${path}/`}`,
        origin: verifierKey.split('+')[0]!,
        algorithm,
        key: verifierKey,
        size: checkpoint?.size ?? 0,
        witnessed: witnessed
          ? {
              size: witnessed.size,
              by: cosigning.witnesses.flatMap((verifier) => {
                const [latest] = verifier.find(witnessed.note)
                return latest ? [{ name: verifier.name, at: latest.at.toISOString() }] : []
              }),
            }
          : null,
        readable: fault === undefined,
      })),
      witnesses: cosigning.witnesses.map(({ verifierKey }) => verifierKey),
      index: {
        keys: [...dailyIndex.publicKeys()],
        number: index?.number ?? null,
        on: index?.on ?? null,
      },
      witness: {
        key: witness.verifierKey,
        logs: standing.map(({ origin, size, at }) => ({ origin, size, at: at?.toISOString() ?? null })),
      },
    }
  })

  mount(contract.getWitnessedCheckpoint, ({ reply }) => sendPublicFile(ledger, reply, 'checkpoint.witnessed'))
  mount(contract.getSm3Log, ({ request, reply }) => sendOfLogs(reply, `sm3/${rest(request)}`))
  mount(contract.getNodeLog, ({ request, reply }) => sendOfLogs(reply, `nodes/${rest(request)}`))
  mount(contract.getIndex, ({ request, reply }) =>
    rest(request) === 'key'
      ? plain(reply, `${dailyIndex.publicKeys().join('\n')}\n`)
      : sendPublicFile(ledger, reply, `index/${rest(request)}`),
  )
  mount(contract.getWitnessKey, ({ reply }) => plain(reply, `${witness.verifierKey}\n`))

  mount(contract.addCheckpoint, async ({ request, reply }) => {
    const answer = await witness.addCheckpoint(await bodyOf(request))
    switch (answer.kind) {
      case 'cosigned':
        return plain(reply, answer.lines)
      case 'conflict':
        return reply.code(409).type('text/x.tlog.size').send(`${answer.size}\n`)
      case 'unknown-origin':
        throw new Problem('not-found', {
          condition: text('本平台不见证该日志', 'This installation does not witness that log'),
        })
      case 'not-signed':
        throw new Problem('not-allowed', {
          condition: text('检查点没有该日志的有效签名', 'The checkpoint is not signed by that log'),
        })
      case 'proof-fails':
        throw new Problem('proof-not-valid')
      case 'malformed':
      case 'old-size-above':
        throw new Problem('bad-request', {
          condition: text(
            '请求不符合 C2SP tlog-witness 的格式',
            'The request has not the form of C2SP tlog-witness',
          ),
        })
    }
  })

  /** Keys are known for every log that is listed; all else is a file. */
  async function sendOfLogs(reply: FastifyReply, path: string): Promise<FastifyReply> {
    const [, folder, name] = /^(.+)\/(key|key\.pem)$/.exec(path) ?? []
    if (folder === undefined) return sendPublicFile(ledger, reply, path)
    const log = (await ledger.logs()).find((each) => each.path === folder)
    const key = name === 'key' ? log?.verifierKey : log && sm2PemOf(log.verifierKey)
    if (key === undefined) throw new Problem('not-found')
    return plain(reply, name === 'key' ? `${key}\n` : key)
  }
}

const rest = (request: FastifyRequest): string => (request.params as { '*': string })['*']

async function bodyOf(request: FastifyRequest): Promise<string> {
  const { body } = request
  if (typeof (body as AsyncIterable<Uint8Array> | undefined)?.[Symbol.asyncIterator] !== 'function')
    throw new Problem('bad-request')
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > mostRequestBytes) throw new Problem('too-large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
