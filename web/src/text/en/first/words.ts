import { cycleWords, fieldTypeWords, gradeWords, sensitivityWords, wordsIn } from '@tiaoli/kernel/entry-words'
import { themeTitlesIn } from '@tiaoli/kernel/themes'
import type { words as source } from '../../zh/first/words.ts'

export const words: typeof source = {
  themes: themeTitlesIn('en'),
  types: wordsIn(fieldTypeWords, 'en'),
  sensitivities: wordsIn(sensitivityWords, 'en'),
  cycles: wordsIn(cycleWords, 'en'),
  grades: wordsIn(gradeWords, 'en'),
}
