import { type Carrier, type Digest, digestOf, digestOfProse, isProse } from './row-marks.ts'

/** What a file says of its receiver, whoever that may be: no value of it stands in here. */
export type Evidence = {
  /** The mark of the whole file, where one can be read. */
  readonly mark: string | undefined
  /** Forms of cells and rows: quotes, blacks, blanks after a brace. */
  readonly forms: readonly Carrier[]
  /** Running texts, with a blank after their end or without. */
  readonly prose: readonly Carrier[]
  /** Texts that have the shape of a pseudonym. */
  readonly pseudonyms: readonly string[]
  /** Headings as they stand in the file, where it has any. */
  readonly columns: readonly string[]
}

/** More than this of a kind makes nothing surer, and each is compared with every file that was ever handed over. */
const mostOfAKind = 500

type Votes = Map<string, { readonly digest: Digest; balance: number }>

const shapeOfPseudonym = /^[\w-]{16}$/

/** Collects what the cells and rows of a file say, each different value once. */
export class EvidenceCollector {
  readonly #forms: Votes = new Map()
  readonly #prose: Votes = new Map()
  readonly #pseudonyms = new Set<string>()

  /** A form that a cell or a row was found in. */
  form(text: string, bit: boolean): void {
    vote(this.#forms, text, bit, digestOf)
  }

  /** The value of a text cell. */
  value(value: string): void {
    if (shapeOfPseudonym.test(value)) {
      if (this.#pseudonyms.size < mostOfAKind) this.#pseudonyms.add(value)
      return
    }
    const blank = value.endsWith(' ')
    // CSV keeps spreadsheets from running a text by an apostrophe before it.
    const bare = (blank ? value.slice(0, -1) : value).replace(/^'(?=[=+\-@])/, '')
    if (isProse(bare)) vote(this.#prose, bare, blank, digestOfProse)
  }

  get full(): boolean {
    const kinds = [this.#forms, this.#prose, this.#pseudonyms]
    return kinds.every(({ size }) => size >= mostOfAKind)
  }

  told(): Pick<Evidence, 'forms' | 'prose' | 'pseudonyms'> {
    return {
      forms: carriersOf(this.#forms),
      prose: carriersOf(this.#prose),
      pseudonyms: [...this.#pseudonyms],
    }
  }
}

function vote(votes: Votes, text: string, bit: boolean, digest: (text: string) => Digest): void {
  let found = votes.get(text)
  if (found === undefined) {
    if (votes.size >= mostOfAKind) return
    found = { digest: digest(text), balance: 0 }
    votes.set(text, found)
  }
  found.balance += bit ? 1 : -1
}

/** A value that was found in both forms as often as not says nothing. */
const carriersOf = (votes: Votes): Carrier[] =>
  [...votes.values()].flatMap(({ digest, balance }) => (balance === 0 ? [] : [{ digest, bit: balance > 0 }]))
