/** An answer that the page itself cannot make sense of; its message is shown as it is. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}
