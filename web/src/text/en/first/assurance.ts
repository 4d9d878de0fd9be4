import type { assurance as source } from '../../zh/first/assurance.ts'

export const assurance: typeof source = {
  priority: {
    title: 'Opened first',
    open: 'open',
    conditional: 'on conditions',
    notOpened: 'not opened',
    responsible: (name) => `answered for by ${name}`,
  },
  proof: {
    title: 'Verify a file',
  },
  systems: {
    title: 'Sharing and opening',
  },
  explanations: {
    none: 'The body that opens these data has not explained them yet.',
    meaning: 'What they mean',
    source: 'Where they come from',
    limits: 'What they are not good for',
    contact: 'Whom to ask',
    by: 'Explained by',
    write: 'Explain the data',
    rewrite: 'Change the explanation',
    follows: 'It stands on the public page of the entry; what it replaces stays on record.',
    missing: (count: number): string => `Opened entries without an explanation (${count})`,
  },
}
