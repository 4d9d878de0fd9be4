import type { UntrustedAnswer } from './untrusted.types.ts'

type Fault = Extract<UntrustedAnswer, { readonly fault: string }>['fault']

/** Why a file that a library reads in a thread of its own gives nothing. */
export class UntrustedFault extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault)
    this.name = 'UntrustedFault'
    this.fault = fault
  }
}
