/** One thing that is wrong in the files of a rulebook, told so that whoever wrote the file can mend it. */
export type Fault = {
  readonly file: string
  /** Where in the file, as keys joined by dots: `acts.refuse.to`. */
  readonly path: string
  readonly found: unknown
  /** What should stand there, in words. */
  readonly expected: string
}

/** A rulebook that cannot be used, with all its faults at once. */
export class RulebookError extends Error {
  readonly faults: readonly Fault[]

  constructor(folder: string, faults: readonly Fault[]) {
    super(`${folder} has ${faults.length} fault(s):\n${faults.map(lineOf).join('\n')}`)
    this.name = 'RulebookError'
    this.faults = faults
  }
}

const lineOf = ({ file, path, found, expected }: Fault): string =>
  `  ${file}${path && `: ${path}`}: found ${JSON.stringify(found) ?? 'nothing'}, expected ${expected}`
