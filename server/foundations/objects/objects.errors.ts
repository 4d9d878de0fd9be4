import { type Text, text } from '@tiaoli/kernel/text'

/** Every way in which object storage fails those who need it. Codes are never reused; the sentence is public. */
export const objectErrors = {
  'storage-away': text(
    '数据存储没有应答，或者应答不完整。',
    'The storage of the data does not answer, or not as a whole.',
  ),
  'storage-refuses': text('数据存储拒绝了平台的访问。', 'The storage of the data refuses the platform.'),
  'storage-damaged': text(
    '数据存储中的文件缺失，或与登记的摘要不符。',
    'A file in the storage of the data is missing, or is not the one that was put there.',
  ),
  'no-room': text('本节点的磁盘空间不足。', 'The disk of this node is full.'),
} as const satisfies Record<string, Text>

export type ObjectErrorCode = keyof typeof objectErrors

/** Thrown where object storage, or the disk in front of it, does not do its part; `cause` is for the log only. */
export class ObjectError extends Error {
  readonly code: ObjectErrorCode
  readonly public: Text

  constructor(code: ObjectErrorCode, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.name = 'ObjectError'
    this.code = code
    this.public = objectErrors[code]
  }
}
