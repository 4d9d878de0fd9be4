import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../database/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Rulebook } from '../rulebook/index.ts'
import { amendedBetween, digestsOf } from './amendments.rules.ts'
import * as store from './amendments.store.ts'

/** A rulebook that differs from the one in use, in articles that nobody has taken note of yet. */
export type Amendment = {
  readonly from: { readonly rulebookId: string; readonly version: string }
  readonly to: { readonly rulebookId: string; readonly version: string }
  readonly amended: readonly number[]
}

/** Why the platform does not start, and how an officer lets it. */
export class AmendmentError extends Error {
  override readonly name = 'AmendmentError'
  readonly amendment: Amendment

  constructor(amendment: Amendment) {
    const { from, to, amended } = amendment
    const articles = amended.join(', ')
    super(
      [
        `条例规则已修改：${from.rulebookId} ${from.version} → ${to.rulebookId} ${to.version}，涉及第 ${amended.join('、')} 条。须由数据主管部门工作人员确认后才能启动：`,
        `The rulebook was amended: ${from.rulebookId} ${from.version} → ${to.rulebookId} ${to.version}, articles ${articles}. It starts once an officer of the data authority has acknowledged them:`,
        '  npm run tiaoli -- law acknowledge --by <officer> --note <note>',
      ].join('\n'),
    )
    this.amendment = amendment
  }
}

/** What of the rulebook nobody has acknowledged; undefined where there is nothing, or nothing to compare with. */
export async function pendingAmendment(
  database: Database,
  rulebook: Rulebook,
): Promise<Amendment | undefined> {
  if (!(await store.keepsVersions(database.db))) return undefined
  const [used] = await store.findVersions(database.db, 1)
  if (used === undefined || used.version === rulebook.version) return undefined
  // Another regulation is amended in every article, even in one that reads the same.
  const before = used.rulebookId === rulebook.id ? used.digests : {}
  const amended = amendedBetween(before, digestsOf(rulebook))
  if (amended.length === 0) return undefined
  const { rulebookId, version } = used
  return {
    from: { rulebookId, version },
    to: { rulebookId: rulebook.id, version: rulebook.version },
    amended,
  }
}

/**
 * Halts a start under amended articles, before anything is written.
 * @throws AmendmentError with the articles and what to do.
 */
export async function requireAcknowledged(database: Database, rulebook: Rulebook): Promise<void> {
  const amendment = await pendingAmendment(database, rulebook)
  if (amendment !== undefined) throw new AmendmentError(amendment)
}

/** Notes the version in use: the first one of a store, or one that amended nothing an article bears. */
export async function noteVersion(database: Database, rulebook: Rulebook, clock: Clock): Promise<void> {
  await database.exclusively('tiaoli.law-version', async () => {
    const [used] = await store.findVersions(database.db, 1)
    if (used?.version === rulebook.version && used.rulebookId === rulebook.id) return
    await store.insertVersion(database.db, {
      rulebookId: rulebook.id,
      version: rulebook.version,
      digests: digestsOf(rulebook),
      amended: [],
      at: clock.now(),
      userId: null,
      note: '',
      recordId: null,
    })
  })
}

/** Nobody of that name may acknowledge for this installation. */
export class NoSuchOfficerError extends Error {
  override readonly name = 'NoSuchOfficerError'
}

/**
 * An officer takes note of what was amended: from now on the installation runs under the new version.
 * @throws NoSuchOfficerError where the user is no officer of a data authority here.
 */
export async function acknowledge(
  { database, ledger, clock }: { database: Database; ledger: Ledger; clock: Clock },
  rulebook: Rulebook,
  by: { readonly username: string; readonly note: string },
): Promise<Amendment | undefined> {
  const amendment = await pendingAmendment(database, rulebook)
  if (amendment === undefined) return undefined
  await database.inTransaction(async (tx) => {
    const officer = await store.findOfficer(tx, by.username)
    if (officer === undefined) throw new NoSuchOfficerError(by.username)
    const record = await ledger.record(tx, {
      kind: 'law.acknowledged',
      ...officer,
      payload: {
        from: { ...amendment.from },
        to: { ...amendment.to },
        articles: [...amendment.amended],
        note: by.note,
      },
    })
    await store.insertVersion(tx, {
      rulebookId: rulebook.id,
      version: rulebook.version,
      digests: digestsOf(rulebook),
      amended: amendment.amended,
      at: clock.now(),
      userId: officer.userId,
      note: by.note,
      recordId: record.id,
    })
  })
  return amendment
}

/** Every version under which this installation has run, newest first. */
export const versionsOf = (database: Database): Promise<store.LawVersion[]> =>
  store.findVersions(database.db, 200)
