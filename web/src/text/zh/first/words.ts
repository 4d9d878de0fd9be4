import { cycleWords, fieldTypeWords, gradeWords, sensitivityWords, wordsIn } from '@tiaoli/kernel/entry-words'
import { themeTitlesIn } from '@tiaoli/kernel/themes'

/** Words for keys that the server sends without a text. City terms are not here: they come from the rulebook. */
export const words = {
  themes: themeTitlesIn('zh'),
  types: wordsIn(fieldTypeWords, 'zh'),
  sensitivities: wordsIn(sensitivityWords, 'zh'),
  cycles: wordsIn(cycleWords, 'zh'),
  grades: wordsIn(gradeWords, 'zh'),
}
