/** A stretch of a text that is read out in one language. */
export type Run = { readonly text: string; readonly han: boolean }

const han = /\p{Script=Han}/u
const latin = /\p{Script=Latin}/u
/** From the first Chinese character, with the bracket before it, up to the last one before a letter of another script. */
const run = /[（《【「]?\p{Script=Han}(?:[^\p{Script=Latin}]*[\p{Script=Han}）》】」。，、；：！？])?/gu

export const hasHan = (text: string): boolean => han.test(text)

/** True where nothing in the text is a word of another language. */
export const isHanAlone = (text: string): boolean => han.test(text) && !latin.test(text)

/** A text divided where its language changes; figures and marks stay with the words around them. */
export function runsOf(text: string): Run[] {
  if (isHanAlone(text)) return [{ text, han: true }]
  const runs: Run[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(run)) {
    if (index > end) runs.push({ text: text.slice(end, index), han: false })
    runs.push({ text: found, han: true })
    end = index + found.length
  }
  if (end < text.length) runs.push({ text: text.slice(end), han: false })
  return runs
}
