import { creditCodeCheck, identityNumberCheck } from '@tiaoli/kernel/identifiers'

/** The n-th made-up unified social credit code, with a valid check character (GB 32100). */
export function syntheticCreditCode(n: number): string {
  const first17 = `91500000MA${String(n).padStart(7, '0')}`
  return first17 + creditCodeCheck(first17)
}

/** The n-th made-up identity number of nobody, with a valid check character (GB 11643). */
export function syntheticIdentityNumber(n: number): string {
  const first17 = `50000019000101${String(n).padStart(3, '0')}`
  return first17 + identityNumberCheck(first17)
}
