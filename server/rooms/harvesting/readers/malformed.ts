/** What was read is not in the form that the source was registered with. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError'
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
  }
}
