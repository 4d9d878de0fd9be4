import { z } from 'zod'
import type { Subject } from './registration.rules.ts'

/** Whether name and number belong together (实名核验). */
export type RealNameService = {
  /** `form`: nothing is asked of anybody, and what is registered says so. */
  readonly checkedBy: 'form' | 'service'
  /** Nobody is looked up: the service is made up, as the demo city is. */
  readonly synthetic?: boolean
  /** @throws RealNameUnavailable where the service gives no answer */
  readonly belongTogether: (subject: Subject) => Promise<boolean>
}

export class RealNameUnavailable extends Error {
  override readonly name = 'RealNameUnavailable'
}

/** Without a service the form is all that can be checked, which the rules have done already. */
export const formOnly: RealNameService = { checkedBy: 'form', belongTogether: async () => true }

/** What the names of the demo city's people and bodies begin with: nobody bears such a name. */
const synthetic = '示例'

/** Numbers that belong to nobody: a district that no province has, an organisation code that begins with `DEM`. */
const nobodysNumber = /^(?:\d{2}9999\d{11}[\dX]|\d{8}DEM[\dA-Z]{7})$/

/**
 * For the demo city, so that what rests on a checked name can be tried: knows whoever is plainly made up, by name and by
 * number. Where it was left on by mistake it vouches for nobody's real number.
 */
export const demoRealName: RealNameService = {
  checkedBy: 'service',
  synthetic: true,
  belongTogether: async ({ name, number }) => name.startsWith(synthetic) && nobodysNumber.test(number),
}

const timeoutMs = 8_000
const answerSchema = z.object({ matches: z.boolean() })

/**
 * The city's real-name service: `POST {kind, name, number}` answers `{matches}`. Its address is set by whoever runs
 * the installation; redirects are not followed, as the number goes to that address alone.
 */
export function realNameService(url: string, token: string | undefined): RealNameService {
  return {
    checkedBy: 'service',
    async belongTogether({ kind, name, number }) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ kind, name, number }),
        })
        if (!response.ok) throw new RealNameUnavailable(`answered ${response.status}`)
        return answerSchema.parse(await response.json()).matches
      } catch (cause) {
        if (cause instanceof RealNameUnavailable) throw cause
        throw new RealNameUnavailable('gave no answer', { cause })
      }
    },
  }
}
