const han = /\p{Script=Han}/u
const words = /[\p{L}\p{N}]+/gu

/**
 * The terms under which a text is found: Chinese runs give their single characters and their pairs of
 * neighbours, everything else whole words in lower case. Any input is valid and no input is a syntax.
 */
export function searchTerms(input: string): string[] {
  const terms = new Set<string>()
  for (const [word] of input.normalize('NFKC').toLowerCase().matchAll(words)) {
    for (const run of splitByScript(word)) {
      if (!han.test(run[0]!)) terms.add(run.slice(0, 64))
      else for (const term of pairs(run)) terms.add(term)
    }
  }
  return [...terms]
}

/** The terms that all have to be there: pairs where a run has two or more characters, else the one character. */
export function queryTerms(input: string): string[] {
  return searchTerms(input).filter(
    (term, _, all) => !(han.test(term) && [...term].length === 1 && partOfPair(term, all)),
  )
}

const partOfPair = (character: string, all: string[]): boolean =>
  all.some((other) => other !== character && [...other].length === 2 && other.includes(character))

function splitByScript(word: string): string[] {
  const runs: string[] = []
  let last: boolean | undefined
  for (const character of word) {
    const chinese = han.test(character)
    if (chinese === last) runs[runs.length - 1] += character
    else runs.push(character)
    last = chinese
  }
  return runs
}

function* pairs(run: string): Generator<string> {
  const characters = [...run]
  for (const [index, character] of characters.entries()) {
    yield character
    const next = characters[index + 1]
    if (next !== undefined) yield character + next
  }
}
