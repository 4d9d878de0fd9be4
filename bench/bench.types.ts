/** One figure of a benchmark. `met` says whether the target was kept; both are absent where there is none. */
export type BenchRow = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** In words, such as `at most 4`. */
  readonly target?: string
  readonly met?: boolean
}
