import { SaxesParser } from 'saxes'
import { LakeError } from './lake.errors.ts'

/** What hears of the parts of an XML text, in order. Names are without their namespace prefix. */
export type XmlListener = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
  /** Between chunks: the place to wait for what is written elsewhere. */
  pause?(): Promise<void> | undefined
}

/** Characters without any mark-up after which a text is no sheet but an attempt on our memory. */
const maxPlainCharacters = 1 << 24

/** Reads XML as it comes. Entities of its own making are not known, so none can grow. Throws `not-a-table`. */
export async function readXml(chunks: AsyncIterable<string>, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false })
  let silence = 0
  parser.on('opentag', (tag) => {
    silence = 0
    listener.open?.(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    silence = 0
    listener.close?.(localName(tag.name))
  })
  parser.on('text', (text) => listener.text?.(text))
  parser.on('cdata', (text) => listener.text?.(text))
  parser.on('error', (cause) => {
    throw new LakeError('not-a-table', { cause })
  })
  for await (const chunk of chunks) {
    silence += chunk.length
    if (silence > maxPlainCharacters) throw new LakeError('not-a-table')
    parser.write(chunk)
    await listener.pause?.()
  }
  parser.close()
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
