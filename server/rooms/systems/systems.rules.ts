/** Time between two signs of life. */
export const beatMs = 5 * 60_000

/** Availability is told of this long. */
export const windowMs = 30 * 86_400_000

export type Span = { readonly from: Date; readonly until: Date }

/**
 * The share of the beats that were due since the first one in the window, from 0 to 1. Beats within announced
 * maintenance are not due. Undefined where none has been due yet.
 */
export function availabilityOf(
  beats: readonly Date[],
  maintenance: readonly Span[],
  now: Date,
): { share: number; since: Date } | undefined {
  const [since] = beats
  if (since === undefined) return undefined
  const inMaintenance = (at: number) => maintenance.some(({ from, until }) => +from <= at && at < +until)
  let due = 0
  for (let at = +since; at <= +now; at += beatMs) if (!inMaintenance(at)) due += 1
  const heard = new Set(
    beats.filter((at) => !inMaintenance(+at)).map((at) => Math.floor((+at - +since) / beatMs)),
  ).size
  return due === 0 ? undefined : { share: Math.min(1, heard / due), since }
}
