import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteVerifier, sm2NoteSigner, sm2PemOf, splitNote } from './signed-note.ts'
import { openSigningKey } from './signing-key.ts'
import { type Sm2Key, sm2KeyOf, sm2Sign, sm2Verify } from './sm2.ts'

const text = 'sm2.test/ledger/sm3\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'

describe('SM2 signatures', () => {
  let folder: string
  let key: Sm2Key
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiaoli-sm2-'))
    key = sm2KeyOf(await openSigningKey(join(folder, 'key.pem'), 'sm2'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

  it('keep their key over restarts, and take no key of another curve', async () => {
    expect(sm2KeyOf(await openSigningKey(join(folder, 'key.pem'), 'sm2'))).toEqual(key)
    const ed25519 = await openSigningKey(join(folder, 'ed25519.pem'))
    expect(() => sm2KeyOf(ed25519)).toThrow('no key of SM2')
  })

  it('are turned down for another text, another key, or bytes that are no signature', () => {
    const signature = sm2Sign(key, Buffer.from(text))
    const point = key.publicPoint
    expect(sm2Verify(point, Buffer.from(text), signature)).toBe(true)
    expect(sm2Verify(point, Buffer.from(`${text}\n`), signature)).toBe(false)
    const flipped = Buffer.from(signature)
    flipped[12]! ^= 1
    for (const bytes of [flipped, Buffer.alloc(0), Buffer.alloc(72, 1), signature.subarray(0, 40)])
      expect(sm2Verify(point, Buffer.from(text), bytes)).toBe(false)
    expect(sm2Verify(Buffer.alloc(65, 4), Buffer.from(text), signature)).toBe(false)
  })

  it('hold for the openssl command, under the user id of GM/T 0009', () => {
    const signer = sm2NoteSigner('sm2.test/ledger/sm3', key)
    writeFileSync(join(folder, 'public.pem'), sm2PemOf(signer.verifierKey)!)
    const verify = (signed: string, note: string): string => {
      const [line] = splitNote(note)!.lines
      writeFileSync(join(folder, 'text'), signed)
      // What stands before the signature is the id of the key, four bytes.
      writeFileSync(join(folder, 'signature'), Buffer.from(line!.split(' ')[2]!, 'base64').subarray(4))
      const userId = ['-pkeyopt', 'distid:1234567812345678']
      return openssl(
        ...['pkeyutl', '-verify', '-pubin', '-inkey', 'public.pem', '-rawin', '-digest', 'sm3'],
        ...['-in', 'text', '-sigfile', 'signature', ...userId],
      )
    }
    // Often enough that numbers with leading zeros are among them.
    for (let round = 0; round < 20; round++) {
      const each = `${text}${round}\n`
      expect(verify(each, signer.sign(each))).toContain('Signature Verified Successfully')
    }
    expect(() => verify(`${text}changed\n`, signer.sign(text))).toThrow()
  })

  it('read what openssl has signed', () => {
    openssl('genpkey', '-algorithm', 'SM2', '-out', 'foreign.pem')
    writeFileSync(join(folder, 'text'), text)
    openssl(
      ...['pkeyutl', '-sign', '-inkey', 'foreign.pem', '-rawin', '-digest', 'sm3', '-in', 'text'],
      ...['-out', 'signature', '-pkeyopt', 'distid:1234567812345678'],
    )
    const der = Buffer.from(
      openssl('pkey', '-in', 'foreign.pem', '-pubout').replace(/-----.*-----|\n/g, ''),
      'base64',
    )
    const signature = readFileSync(join(folder, 'signature'))
    expect(sm2Verify(der.subarray(-65), Buffer.from(text), signature)).toBe(true)
  })

  it('make notes that their verifier key opens, and no other', async () => {
    const signer = sm2NoteSigner('sm2.test/ledger/sm3', key)
    const other = sm2NoteSigner(
      'sm2.test/ledger/sm3',
      sm2KeyOf(await openSigningKey(join(folder, 'other.pem'), 'sm2')),
    )
    const note = signer.sign(text)
    expect(noteVerifier(signer.verifierKey).open(note)).toBe(text)
    expect(other.open(note)).toBeNull()
    expect(noteVerifier(signer.verifierKey).open(note.replace('\n3\n', '\n4\n'))).toBeNull()
    expect(() => noteVerifier(signer.verifierKey.replace('sm3+', 'sm4+'))).toThrow('another name')
  })
})
