/** Which of a form's questions a fault is about: the one whose path holds it most closely, `table.columns` before `table`. */
export function questionOf(path: string, questions: Iterable<string>): string | undefined {
  let closest: string | undefined
  for (const question of questions)
    if (
      (path === question || path.startsWith(`${question}.`)) &&
      (closest === undefined || question.length > closest.length)
    )
      closest = question
  return closest
}
