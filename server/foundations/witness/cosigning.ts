import type { Clock } from '@tiaoli/kernel/instants'
import type { Checkpoint, CosignatureVerifier, Ledger, LogView } from '../ledger/index.ts'
import { splitNote } from '../ledger/index.ts'
import { addressGuard, OutboundError, postText } from '../outbound/index.ts'

/** A witness that is asked for cosignatures. */
export type AskedWitness = { readonly verifier: CosignatureVerifier; readonly url: URL }

export type CosigningConfig = {
  readonly ledger: Pick<Ledger, 'logs' | 'consistencyProof' | 'publishCosigned'>
  readonly witnesses: readonly AskedWitness[]
  readonly clock: Clock
  /** A witness that does not answer, or not as it should; the others are asked all the same. */
  readonly onFailure: (witness: string, cause: unknown) => void
}

/** A cosignature older than this is asked for anew, though the log has not grown. */
const freshMs = 24 * 3_600_000
const anyAddress = addressGuard(['0.0.0.0/0', '::/0'])
const timeoutMs = 10_000
const mostBytes = 64 * 1024

export class WitnessRefusal extends Error {
  override readonly name = 'WitnessRefusal'
}

/** Asks the witnesses of this installation to cosign its logs, and publishes what they signed. */
export function createCosigning({ ledger, witnesses, clock, onFailure }: CosigningConfig) {
  const lineOn = (verifier: CosignatureVerifier, note: string | undefined): string | undefined => {
    const [latest] = note === undefined ? [] : verifier.find(note)
    return latest && +clock.now() - +latest.at < freshMs ? latest.line : undefined
  }

  /** @returns the witness's line over the checkpoint */
  async function ask(
    { verifier, url }: AskedWitness,
    log: LogView,
    checkpoint: Checkpoint,
    oldSize: number,
    mayRetry = true,
  ): Promise<string> {
    const proof = await ledger.consistencyProof(log.path, oldSize, checkpoint.size)
    const body = [
      `old ${oldSize}`,
      ...proof.map((hash) => hash.toString('base64')),
      '',
      ownNote(log, checkpoint),
    ].join('\n')
    const answer = await postText({
      url,
      // Whoever runs the installation has named the address, and it is told nothing that is not public.
      guard: anyAddress,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: Buffer.from(body),
      timeoutMs,
      maxBytes: mostBytes,
    })
    if (answer.status === 409 && mayRetry && /^(?:0|[1-9]\d{0,15})\n$/.test(answer.text)) {
      const size = Number(answer.text)
      if (size <= checkpoint.size && size !== oldSize)
        return ask({ verifier, url }, log, checkpoint, size, false)
    }
    if (answer.status !== 200) throw new WitnessRefusal(`answered ${answer.status}`)
    const [found] = verifier.find(`${checkpoint.text}\n${answer.text}`)
    if (found === undefined) throw new WitnessRefusal('sent no valid cosignature')
    return found.line
  }

  async function roundFor(log: LogView, checkpoint: Checkpoint): Promise<void> {
    const known = witnesses.map((witness) => lineOn(witness.verifier, checkpoint.note))
    if (known.every((line) => line !== undefined)) return
    const lines = await Promise.all(
      witnesses.map(async (witness, index) => {
        const { witnessed } = log
        const before = witnessed && witness.verifier.find(witnessed.note).length > 0 ? witnessed.size : 0
        try {
          return known[index] ?? (await ask(witness, log, checkpoint, Math.min(before, checkpoint.size)))
        } catch (cause) {
          if (!(cause instanceof WitnessRefusal || cause instanceof OutboundError)) throw cause
          onFailure(witness.verifier.name, cause)
          return undefined
        }
      }),
    )
    const got = lines.filter((line) => line !== undefined)
    if (got.length > 0) await ledger.publishCosigned(log.path, ownNote(log, checkpoint) + got.join(''))
  }

  return {
    asks: witnesses.length > 0,
    witnesses: witnesses.map(({ verifier }) => verifier),

    /** Asks every witness that has not cosigned the newest checkpoint of a log. SM3 trees are not theirs to read. */
    async round(): Promise<void> {
      for (const log of await ledger.logs())
        if (log.algorithm === 'sha256' && log.checkpoint !== undefined && log.checkpoint.size > 0)
          await roundFor(log, log.checkpoint)
    },
  }
}

export type Cosigning = ReturnType<typeof createCosigning>

/** The checkpoint with the log's own signature and no other. */
function ownNote(log: LogView, checkpoint: Checkpoint): string {
  const [name] = log.verifierKey.split('+')
  const own = splitNote(checkpoint.note)!.lines.filter((line) => line.startsWith(`— ${name} `))
  return `${checkpoint.text}\n${own.map((line) => `${line}\n`).join('')}`
}
