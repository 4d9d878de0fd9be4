import type { words as source } from '../../zh/desk/words.ts'

export const words: typeof source = {
  statuses: {
    draft: 'Draft',
    submitted: 'Submitted',
    returned: 'Returned',
    confirmed: 'To be published',
    published: 'Published',
    withdrawn: 'Withdrawn',
  },
}
