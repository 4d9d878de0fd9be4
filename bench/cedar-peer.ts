import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { DecideInput } from '@tiaoli/server/foundations/gateway/index'

/**
 * The grounds of the gateway (server/foundations/gateway/README.md) as policies of Cedar, parsed once. Cedar answers
 * yes or no and names the policy; our own decision gives the plan, the masks and the article with it.
 */
const policies = {
  'key-keeps-to-its-grant': `forbid (principal, action == Action::"read", resource)
    when { context has keyGrant && !(context has grant && context.grant.id == context.keyGrant) };`,
  own: `permit (principal, action == Action::"read", resource)
    when { principal.organisation == resource.provider && resource.fields.containsAll(context.wanted) };`,
  granted: `permit (principal, action == Action::"read", resource)
    when { resource.published && context has grant && context.grant.entry == resource
      && context.grant.organisation == principal.organisation && !context.grant.revoked && !context.grant.suspended
      && context.now <= context.grant.until
      && (context.scenario == "" || context.scenario == context.grant.scenario)
      && context.grant.fields.containsAll(context.wanted) };`,
  shared: `permit (principal, action == Action::"read", resource)
    when { resource.published && !(context has grant) && principal.publicBody && resource.sharing == "free"
      && context.scenario != "" && resource.sharedFields.containsAll(context.wanted) };`,
  open: `permit (principal, action == Action::"read", resource)
    when { resource.published && !(context has grant) && resource.opening == "free"
      && resource.openFields.containsAll(context.wanted) };`,
}

const policySet = 'gateway'

export function prepareCedar(): void {
  const parsed = preparsePolicySet(policySet, { staticPolicies: policies, templates: {}, templateLinks: [] })
  if (parsed.type !== 'success') throw new Error(`Cedar: ${JSON.stringify(parsed)}`)
}

/** A call of Cedar for the same question; made beforehand, so that what is measured is the answering alone. */
export type CedarCall = Parameters<typeof statefulIsAuthorized>[0]

export function cedarCallOf({ caller, entry, grants, purpose, wantedFields, now }: DecideInput): CedarCall {
  const [grant] = grants
  const names = (sensitivities: readonly string[]) =>
    entry.fields.filter((field) => sensitivities.includes(field.sensitivity)).map((field) => field.name)
  return {
    principal: { type: 'User', id: caller.userId ?? '' },
    action: { type: 'Action', id: 'read' },
    resource: { type: 'Entry', id: entry.id },
    context: {
      wanted: [...(wantedFields ?? [])],
      scenario: purpose.scenario ?? '',
      now: now.getTime(),
      ...(caller.keyGrantId !== null && { keyGrant: caller.keyGrantId }),
      ...(grant !== undefined && {
        grant: {
          id: grant.id,
          entry: { __entity: { type: 'Entry', id: grant.entryId } },
          organisation: grant.organisationId ?? '',
          fields: [...grant.fields],
          scenario: grant.scenario,
          until: Date.parse(grant.validUntil ?? '9999-12-31T00:00:00Z'),
          revoked: grant.revokedAt !== null,
          suspended: grant.suspendedAt != null,
        },
      }),
    },
    entities: [
      {
        uid: { type: 'User', id: caller.userId ?? '' },
        attrs: { organisation: caller.organisationId ?? '', publicBody: caller.publicBody },
        parents: [],
      },
      {
        uid: { type: 'Entry', id: entry.id },
        attrs: {
          provider: entry.providerId,
          published: entry.published,
          sharing: entry.sharing.effect,
          opening: entry.opening.effect,
          fields: entry.fields.map((field) => field.name),
          sharedFields: names(['public', 'internal', 'personal']),
          openFields: names(['public']),
        },
        parents: [],
      },
    ],
    preparsedPolicySetId: policySet,
  }
}

export function allowedByCedar(call: CedarCall): boolean {
  const answer = statefulIsAuthorized(call)
  if (answer.type !== 'success' || answer.response.diagnostics.errors.length > 0)
    throw new Error(`Cedar: ${JSON.stringify(answer)}`)
  return answer.response.decision === 'allow'
}
