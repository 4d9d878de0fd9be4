import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema } from './common.ts'
import { route } from './route.ts'

/** What anybody needs to check the ledger from outside. */
export const attestationSchema = z.object({
  logs: z.array(
    z.object({
      path: z.string().describe('Where its files lie, such as /ledger/ or /ledger/sm3/'),
      origin: z.string(),
      algorithm: z.enum(['sha256', 'sm3']),
      key: z.string().describe('Verifier key of its checkpoints, signed-note format'),
      size: z.number().int().describe('Entries under the newest checkpoint'),
      witnessed: z
        .object({
          size: z.number().int(),
          by: z.array(z.object({ name: z.string(), at: instantSchema })),
        })
        .nullable()
        .describe('The newest checkpoint that witnesses have cosigned'),
      readable: z.boolean().describe('False while its checkpoints cannot be read at the platform'),
    }),
  ),
  witnesses: z.array(z.string()).describe('Verifier keys of the witnesses that are asked'),
  index: z
    .object({ keys: z.array(z.string()), number: z.number().int().nullable(), on: z.string().nullable() })
    .describe('The daily index that joins the logs'),
  witness: z
    .object({
      key: z.string(),
      logs: z.array(
        z.object({ origin: z.string(), size: z.number().int().nullable(), at: instantSchema.nullable() }),
      ),
    })
    .describe('This installation as a witness of others'),
})
export type AttestationView = z.infer<typeof attestationSchema>

export const getAttestation = route({
  id: 'getAttestation',
  method: 'GET',
  path: '/api/v1/ledger',
  access: 'public',
  summary: text('留痕日志、公钥、见证和每日索引', 'Logs, keys, witnesses and the daily index'),
  answer: attestationSchema,
  problems: [],
  since: '0.1',
})

const file = (id: string, path: string, zh: string, en: string) =>
  route({
    id,
    method: 'GET',
    path,
    access: 'public',
    summary: text(zh, en),
    answer: 'stream',
    problems: ['not-found'],
    since: '0.1',
  })

export const getWitnessedCheckpoint = file(
  'getWitnessedCheckpoint',
  '/ledger/checkpoint.witnessed',
  '最近一次经见证的检查点',
  'The newest checkpoint that a witness has cosigned',
)
export const getSm3Log = file(
  'getSm3Log',
  '/ledger/sm3/*',
  '国密日志（SM3 树、SM2 签名）：检查点、分片、公钥',
  'The SM3 log with SM2 signatures: checkpoint, tiles, keys',
)
export const getNodeLog = file('getNodeLog', '/ledger/nodes/*', '其他节点的日志', 'Logs of the other nodes')
export const getIndex = file(
  'getIndex',
  '/ledger/index/*',
  '每日签名索引：latest、编号或 key',
  'Daily signed index: latest, a number, or key',
)
export const getWitnessKey = file(
  'getWitnessKey',
  '/witness/key',
  '本平台作为见证方的公钥',
  'Key of this installation as a witness',
)

export const addCheckpoint = route({
  id: 'addCheckpoint',
  method: 'POST',
  path: '/witness/add-checkpoint',
  access: 'public',
  summary: text(
    '请本平台见证检查点（C2SP tlog-witness）',
    'Ask this installation to cosign a checkpoint (C2SP tlog-witness)',
  ),
  body: 'stream',
  answer: 'stream',
  problems: ['bad-request', 'not-found', 'not-allowed', 'proof-not-valid', 'too-large'],
  since: '0.1',
})

export const attestationRoutes = [
  getAttestation,
  getWitnessedCheckpoint,
  getSm3Log,
  getNodeLog,
  getIndex,
  getWitnessKey,
  addCheckpoint,
]
