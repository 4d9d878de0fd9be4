/** Where Trino is, and what it may take. */
export type TrinoServer = {
  /** `http://` or `https://`, with user and password where it asks for them. */
  readonly url: string
  readonly catalog: string
  readonly schema: string
  /** For an answer that is waited for; files that are streamed have a limit for each piece only. */
  readonly answerSeconds: number
}

export type TrinoSettings = TrinoServer & {
  /** The folder of snapshots as Trino names it, such as `local:///snapshots`. */
  readonly location: string
}
