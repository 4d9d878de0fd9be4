import { creditCodeCheck } from '@tiaoli/kernel/identifiers'

/** The n-th made-up unified social credit code, with a valid check character (GB 32100). */
export function syntheticCreditCode(n: number): string {
  const first17 = `91500000MA${String(n).padStart(7, '0')}`
  return first17 + creditCodeCheck(first17)
}
