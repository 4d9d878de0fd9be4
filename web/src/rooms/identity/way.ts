import { safePath } from './safe-path.ts'

/** Where somebody wanted to go who is away at an identity provider: kept in this window alone. */
const key = 'tiaoli.way'

export const rememberWay = (to: string): void => sessionStorage.setItem(key, to)

/** Where to go on, once. */
export function takeWay(): string {
  const to = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return safePath(to)
}
