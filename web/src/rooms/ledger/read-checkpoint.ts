/** The three parts of a checkpoint that people can read (C2SP tlog-checkpoint). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: string }

export function readCheckpoint(note: string): Checkpoint | null {
  const [origin, size, root] = note.split('\n')
  if (!origin || !root || !/^\d+$/.test(size ?? '')) return null
  return { origin, size: Number(size), root }
}
