import { ObjectError, type ObjectStore, type S3Settings } from './foundations/objects/index.ts'

/** Object storage that all nodes share, and the room on the disk of each for what is read. */
export type StorageSettings = { readonly s3: S3Settings; readonly cacheBytes: number }

type Environment = Readonly<Record<string, string | undefined>>

const form =
  'TIAOLI_STORAGE must be an address such as s3://bucket/prefix?endpoint=https://s3.example.gov.cn&region=cn-north-1'

/**
 * Undefined where snapshots and files lie in the data folder.
 *
 * @throws Error with the name of the variable and the form that was expected
 */
export function storageSettings(environment: Environment, testMode: boolean): StorageSettings | undefined {
  const { TIAOLI_STORAGE: address, TIAOLI_STORAGE_KEY_ID: id, TIAOLI_STORAGE_KEY: key } = environment
  if (!address) return undefined
  const url = URL.canParse(address) ? new URL(address) : undefined
  const endpoint = url?.searchParams.get('endpoint') ?? ''
  if (url?.protocol !== 's3:' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.host)) throw new Error(form)
  if (!isEndpoint(endpoint, testMode))
    throw new Error(`${form}; rows go to it, so the endpoint begins with https://`)
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '')
  if (!/^[\w./-]*$/.test(prefix)) throw new Error(form)
  if (!id || !key)
    throw new Error('TIAOLI_STORAGE_KEY_ID and TIAOLI_STORAGE_KEY must be the key to TIAOLI_STORAGE')
  return {
    s3: {
      endpoint,
      bucket: url.host,
      prefix: prefix === '' ? '' : `${prefix}/`,
      region: url.searchParams.get('region') || 'us-east-1',
      accessKeyId: id,
      secretAccessKey: key,
    },
    cacheBytes: cacheMb(environment.TIAOLI_CACHE_MB) * 2 ** 20,
  }
}

function cacheMb(told: string | undefined): number {
  const megabytes = Number(told || 20_480)
  if (!Number.isInteger(megabytes) || megabytes < 1)
    throw new Error('TIAOLI_CACHE_MB must be a whole number of megabytes from 1')
  return megabytes
}

const isEndpoint = (endpoint: string, testMode: boolean): boolean => {
  const { protocol } = URL.canParse(endpoint) ? new URL(endpoint) : { protocol: '' }
  return protocol === 'https:' || (testMode && protocol === 'http:')
}

/**
 * Whether the storage takes and gives what it should: a node that cannot reach it must not start and look healthy.
 *
 * @throws Error that names the variable
 */
export async function requireStorage(objects: ObjectStore): Promise<void> {
  try {
    await objects.write(probe, Buffer.from('tiaoli'))
    await objects.list(probe)
    await objects.remove([probe])
  } catch (error) {
    const what = error instanceof ObjectError ? error.public.en : 'It cannot be used.'
    throw new Error(`TIAOLI_STORAGE: ${what}`, { cause: error })
  }
}

const probe = 'probe'
