import { cycleWords, fieldTypeWords, gradeWords, sensitivityWords, wordsIn } from '@tiaoli/kernel/entry-words'
import { themeTitlesIn } from '@tiaoli/kernel/themes'
import type { words as source } from '../zh/words.ts'

export const words: typeof source = {
  themes: themeTitlesIn('en'),
  types: wordsIn(fieldTypeWords, 'en'),
  sensitivities: wordsIn(sensitivityWords, 'en'),
  cycles: wordsIn(cycleWords, 'en'),
  grades: wordsIn(gradeWords, 'en'),
  statuses: {
    draft: 'Draft',
    submitted: 'Submitted',
    returned: 'Returned',
    confirmed: 'To be published',
    published: 'Published',
    withdrawn: 'Withdrawn',
  },
}
