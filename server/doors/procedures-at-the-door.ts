import type { CaseState } from '../foundations/cases/index.ts'
import type { Session } from '../foundations/identity/index.ts'
import type { Procedure } from '../foundations/rulebook/index.ts'
import type { Entry } from '../rooms/catalogue/index.ts'

/** What the door asks of the rooms that serve procedures. */
export type ProceduresAtTheDoor = {
  readonly isOpenHere: (procedure: string) => boolean
  readonly beforeOpening: (procedure: Procedure, entry: Entry) => void
  readonly actDoor: (
    procedure: string,
  ) =>
    | ((
        session: Session,
        state: CaseState,
        request: { act: string; content: Record<string, unknown>; version: number | undefined },
      ) => Promise<void>)
    | undefined
}
