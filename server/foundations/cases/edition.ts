import { createHash } from 'node:crypto'
import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { ClockRule, Procedure, Rulebook } from '../rulebook/index.ts'

/** A procedure as one version of a rulebook had it: what a case keeps for life. */
export type ProcedureEdition = {
  readonly rulebookId: string
  readonly rulebookVersion: string
  /** No statutory clock runs for events before this date. */
  readonly inForceOn: CivilDate
  readonly procedure: Procedure
}

/** A target that the city has set itself for a clock without a number (非法定), with the instrument it rests on. */
export type LocalTarget = { readonly clock: string; readonly workingDays: number; readonly instrument: Text }

/**
 * The procedure as it holds for a case that begins now. Local targets are part of the edition, so that a case keeps
 * those under which it began; they never take the place of a number that is there.
 */
export function editionOf(
  rulebook: Rulebook,
  procedure: Procedure,
  targets: readonly LocalTarget[] = [],
): ProcedureEdition {
  const targetOf = (rule: ClockRule) =>
    rule.workingDays === null ? targets.find(({ clock }) => clock === rule.key) : undefined
  const clocks = procedure.clocks.map((rule): ClockRule => {
    const target = targetOf(rule)
    if (target === undefined) return rule
    const { workingDays, instrument } = target
    return { key: rule.key, title: rule.title, owner: rule.owner, kind: 'local', workingDays, instrument }
  })
  const version = targets.length === 0 ? rulebook.version : `${rulebook.version}~${digestOf(clocks)}`
  return {
    rulebookId: rulebook.id,
    rulebookVersion: version,
    inForceOn: rulebook.inForceOn,
    procedure: targets.length === 0 ? procedure : { ...procedure, clocks },
  }
}

const digestOf = (clocks: readonly ClockRule[]): string =>
  createHash('sha256').update(JSON.stringify(clocks)).digest('hex').slice(0, 8)
