import { Problem } from '../../foundations/problems/index.ts'

/** Classes of SQLSTATE that speak of a value that was given: data exceptions, and limits of the store. */
const ofValues = /^(?:22|54)[0-9A-Z]{3}$/

/** Whether an error is about what was given; all others are about the house, and would meet whatever comes next. */
export function isAboutContent(error: unknown): boolean {
  if (error instanceof Problem) return true
  if (!(error instanceof Error)) return false
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return (typeof code === 'string' && ofValues.test(code)) || isAboutContent(cause)
}

/**
 * Does something for many at once; where one of them stands against it, for each half, until that one is alone and is
 * left out. What is wrong with one costs the others nothing but a few turns more.
 *
 * @param work all of them or none
 * @throws whatever `work` throws that is not about what was given
 */
export async function leavingOut<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<void>,
  leaveOut: (item: Item, error: unknown) => Promise<void>,
): Promise<void> {
  if (items.length === 0) return
  try {
    await work(items)
  } catch (error) {
    if (!isAboutContent(error)) throw error
    if (items.length === 1) return leaveOut(items[0]!, error)
    const half = items.length >> 1
    await leavingOut(items.slice(0, half), work, leaveOut)
    await leavingOut(items.slice(half), work, leaveOut)
  }
}
