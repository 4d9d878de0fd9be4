import { isFeature, rowOfFeature } from './geo-features.ts'
import { LakeError } from './lake.errors.ts'
import { maxColumns } from './lake.limits.ts'

/** Finds the columns of JSON objects as they come: a key that was not seen before is a new column at the end. */
export class JsonColumns {
  readonly #places = new Map<string, number>()
  /** Whether the objects are features of GeoJSON. */
  hasFeatures = false

  get keys(): string[] {
    return [...this.#places.keys()]
  }

  /** The cells of one object, or null where the text is no JSON object. Throws `too-many-columns`. */
  cellsOf(element: string): (string | null)[] | null {
    const value = parse(element)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const isGeo = isFeature(value)
    if (isGeo) this.hasFeatures = true
    const cells = new Array<string | null>(this.#places.size).fill(null)
    for (const [key, inner] of Object.entries(isGeo ? rowOfFeature(value) : value)) {
      let place = this.#places.get(key)
      if (place === undefined) {
        place = this.#places.size
        if (place >= maxColumns) throw new LakeError('too-many-columns')
        this.#places.set(key, place)
      }
      cells[place] = cellOf(inner)
    }
    return cells
  }
}

/** More digits than a JavaScript number holds: such a number is kept as it is written. */
const longNumber = /\d{16}/

function parse(element: string): unknown {
  try {
    return longNumber.test(element) ? JSON.parse(element, keepLongNumbers) : JSON.parse(element)
  } catch {
    return undefined
  }
}

function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && longNumber.test(source) ? source : value
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
