import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type {
  Agreement,
  AgreementCopy,
  AgreementModel,
  AgreementStanding,
  Signature,
} from './agreement.model.ts'

type AgreementRow = {
  id: string
  number: string
  case_id: string
  entry_id: string
  provider_id: string
  authority_id: string
  organisation_id: string | null
  user_id: string | null
  model_version: number | null
  standing: AgreementStanding
  matters: Agreement['matters']
  offered: Signature
  accepted: Signature | null
  terms: string | null
  terms_sha256: string | null
  offered_record_id: string | null
  accepted_record_id: string | null
  document: string | null
  sha256: string | null
  record_id: string | null
  grant_id: string | null
  until_on: string
  ending: Agreement['ending']
  ended_at: Date | null
  created_at: Date
}

const columns = sql.raw(
  `id, number, case_id, entry_id, provider_id, authority_id, organisation_id, user_id, model_version, standing, matters,
   offered, accepted, terms, terms_sha256, offered_record_id, accepted_record_id, document, sha256, record_id, grant_id, until_on::text as until_on, ending, ended_at, created_at`,
)

const agreementOf = (row: AgreementRow): Agreement => ({
  id: row.id,
  number: row.number,
  caseId: row.case_id,
  entryId: row.entry_id,
  providerId: row.provider_id,
  authorityId: row.authority_id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  modelVersion: row.model_version,
  standing: row.standing,
  matters: row.matters,
  offered: row.offered,
  accepted: row.accepted,
  terms: row.terms,
  termsSha256: row.terms_sha256,
  offeredRecordId: row.offered_record_id,
  acceptedRecordId: row.accepted_record_id,
  document: row.document,
  sha256: row.sha256,
  recordId: row.record_id,
  grantId: row.grant_id,
  untilOn: row.until_on,
  ending: row.ending,
  endedAt: row.ended_at,
  createdAt: row.created_at,
})

export type NewAgreement = Pick<
  Agreement,
  | 'id'
  | 'number'
  | 'caseId'
  | 'entryId'
  | 'providerId'
  | 'authorityId'
  | 'organisationId'
  | 'userId'
  | 'modelVersion'
  | 'matters'
  | 'offered'
  | 'terms'
  | 'termsSha256'
  | 'offeredRecordId'
  | 'untilOn'
  | 'createdAt'
>

export async function insertAgreement(tx: Tx, agreement: NewAgreement): Promise<void> {
  const { id, number, caseId, entryId, providerId, authorityId, organisationId, userId } = agreement
  await sql`insert into agreement (id, number, case_id, entry_id, provider_id, authority_id, organisation_id, user_id,
      model_version, standing, matters, offered, terms, terms_sha256, offered_record_id, until_on, created_at)
    values (${id}, ${number}, ${caseId}, ${entryId}, ${providerId}, ${authorityId}, ${organisationId}, ${userId},
      ${agreement.modelVersion}, 'offered', ${JSON.stringify(agreement.matters)}, ${JSON.stringify(agreement.offered)},
      ${agreement.terms}, ${agreement.termsSha256}, ${agreement.offeredRecordId}, ${agreement.untilOn}, ${agreement.createdAt})`.execute(
    tx,
  )
}

/** Offers of the case that still wait are no longer to be signed. */
export async function closeOffers(tx: Tx, caseId: string, standing: 'superseded' | 'lapsed'): Promise<void> {
  await sql`update agreement set standing = ${standing} where case_id = ${caseId} and standing = 'offered'`.execute(
    tx,
  )
}

export async function writeSigned(
  tx: Tx,
  id: string,
  signed: {
    readonly accepted: Signature
    readonly acceptedRecordId: string
    readonly document: string
    readonly sha256: string
    readonly recordId: string
    readonly grantId: string
  },
): Promise<void> {
  await sql`update agreement set standing = 'in-force', accepted = ${JSON.stringify(signed.accepted)},
      accepted_record_id = ${signed.acceptedRecordId},
      document = ${signed.document}, sha256 = ${signed.sha256}, record_id = ${signed.recordId}, grant_id = ${signed.grantId}
    where id = ${id}`.execute(tx)
}

/** False where it had ended before. */
export async function writeEnded(
  tx: Tx,
  id: string,
  standing: 'expired' | 'ended',
  at: Date,
  ending: Agreement['ending'],
): Promise<boolean> {
  const result = await sql`update agreement set standing = ${standing}, ended_at = ${at},
      ending = ${ending === null ? null : JSON.stringify(ending)}
    where id = ${id} and standing = 'in-force'`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function findAgreement(db: Store | Tx, id: string): Promise<Agreement | undefined> {
  const { rows } = await sql<AgreementRow>`select ${columns} from agreement where id = ${id}`.execute(db)
  return rows[0] && agreementOf(rows[0])
}

export async function findAgreements(db: Store | Tx, ids: readonly string[]): Promise<Agreement[]> {
  const { rows } = await sql<AgreementRow>`select ${columns} from agreement
    where id = any(${[...new Set(ids)]}::text[])`.execute(db)
  return rows.map(agreementOf)
}

export async function countOfCase(tx: Tx, caseId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from agreement where case_id = ${caseId}`.execute(tx)
  return rows[0]!.count
}

/** The newest of the case. */
export async function findOfCase(db: Store | Tx, caseId: string): Promise<Agreement | undefined> {
  const { rows } = await sql<AgreementRow>`select ${columns} from agreement where case_id = ${caseId}
    order by id desc limit 1`.execute(db)
  return rows[0] && agreementOf(rows[0])
}

export async function findOfGrant(db: Store | Tx, grantId: string): Promise<Agreement | undefined> {
  const { rows } =
    await sql<AgreementRow>`select ${columns} from agreement where grant_id = ${grantId}`.execute(db)
  return rows[0] && agreementOf(rows[0])
}

export type AgreementBox = 'held' | 'concluded' | 'copies'

export async function listAgreements(
  db: Store | Tx,
  search: {
    readonly box: AgreementBox
    readonly organisationId: string | null
    readonly userId: string
    readonly before: string | undefined
    readonly limit: number
  },
): Promise<Agreement[]> {
  const { organisationId, userId, before } = search
  const side = {
    held: sql`(organisation_id = ${organisationId} or user_id = ${userId})`,
    concluded: sql`authority_id = ${organisationId}`,
    copies: sql`id in (select agreement_id from agreement_copy where organisation_id = ${organisationId})`,
  }[search.box]
  const { rows } = await sql<AgreementRow>`select ${columns} from agreement where ${side}
      and standing not in ('superseded') and (${before ?? null}::text is null or id < ${before ?? null})
    order by id desc limit ${search.limit}`.execute(db)
  return rows.map(agreementOf)
}

export async function insertCopy(
  tx: Tx,
  agreementId: string,
  organisationId: string,
  at: Date,
): Promise<void> {
  await sql`insert into agreement_copy (agreement_id, organisation_id, delivered_at)
    values (${agreementId}, ${organisationId}, ${at})`.execute(tx)
}

type CopyRow = { agreement_id: string; organisation_id: string; delivered_at: Date; opened_at: Date | null }

export async function findCopies(
  db: Store | Tx,
  agreementIds: readonly string[],
): Promise<Map<string, AgreementCopy>> {
  const { rows } =
    await sql<CopyRow>`select * from agreement_copy where agreement_id = any(${[...agreementIds]}::text[])`.execute(
      db,
    )
  return new Map(
    rows.map((row) => [
      row.agreement_id,
      { organisationId: row.organisation_id, deliveredAt: row.delivered_at, openedAt: row.opened_at },
    ]),
  )
}

export async function writeOpened(db: Store | Tx, agreementId: string, at: Date): Promise<void> {
  await sql`update agreement_copy set opened_at = ${at} where agreement_id = ${agreementId} and opened_at is null`.execute(
    db,
  )
}

type ModelRow = {
  version: number
  in_force_on: string
  clauses: Record<string, string>
  bodies: string[]
  note: string
  made_at: Date
  organisation_id: string
}

const modelOf = (row: ModelRow): AgreementModel => ({
  version: row.version,
  inForceOn: row.in_force_on,
  clauses: row.clauses,
  bodies: row.bodies,
  note: row.note,
  madeAt: row.made_at,
  organisationId: row.organisation_id,
})
const modelColumns = sql.raw(
  'version, in_force_on::text as in_force_on, clauses, bodies, note, made_at, organisation_id',
)

/** Newest first. */
export async function listModels(db: Store | Tx): Promise<AgreementModel[]> {
  const { rows } =
    await sql<ModelRow>`select ${modelColumns} from agreement_model order by version desc limit 200`.execute(
      db,
    )
  return rows.map(modelOf)
}

/** False where that version is there already. */
export async function insertModel(
  tx: Tx,
  model: AgreementModel & { readonly madeBy: string },
): Promise<boolean> {
  const result =
    await sql`insert into agreement_model (version, in_force_on, clauses, bodies, note, made_at, made_by, organisation_id)
    values (${model.version}, ${model.inForceOn}, ${JSON.stringify(model.clauses)}, ${model.bodies}, ${model.note},
      ${model.madeAt}, ${model.madeBy}, ${model.organisationId}) on conflict (version) do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
