import { checkObligations, isWithin } from './check-obligations.ts'
import type { Fault } from './faults.ts'
import { articleNumber } from './lookup.ts'
import { checkOpening } from './rooms/opening.check.ts'
import type { MatchingRules } from './rooms.schema.ts'
import type { RulebookFiles } from './rulebook.schema.ts'
import type { AccessType, Act, ClockRule, Procedure } from './rulebook.types.ts'

/** The files that could be read; a missing one only silences the checks that need it. */
type ReadFiles = {
  readonly head: RulebookFiles['head'] | undefined
  readonly articles: RulebookFiles['articles'] | undefined
  readonly obligations: RulebookFiles['obligations'] | undefined
  readonly procedures: RulebookFiles['procedures']
  readonly rooms: RulebookFiles['rooms']
}

/** What the file under check may name. Undefined: not known, since the file that says it could not be read. */
type Names = {
  readonly roles: ReadonlySet<string> | undefined
  readonly ranks: ReadonlySet<string> | undefined
  readonly procedures: ReadonlySet<string>
  readonly isArticle: (id: string) => boolean
}

/** Everything that each file alone may say but that cannot be true of the rulebook as a whole. */
export function crossCheck({ head, articles, obligations, procedures, rooms }: ReadFiles): Fault[] {
  const numbers = new Set(articles?.map((article) => article.number))
  const names: Names = {
    roles: head && new Set(head.roles.map((role) => role.key)),
    ranks: head && new Set(head.catalogue.basisRanks.map((rank) => rank.key)),
    procedures: new Set(procedures.map(({ procedure }) => procedure.key)),
    isArticle: (id) =>
      (head === undefined || articles === undefined || numbers.has(articleNumber(head.prefix, id) ?? 0)) &&
      (obligations === undefined || !id.includes('.') || obligations.some((each) => isWithin(each.id, id))),
  }
  return [
    ...(articles === undefined ? [] : checkArticles(articles)),
    ...(head === undefined ? [] : checkHead(head, names)),
    ...Object.entries(rooms).flatMap(([room, rules]) =>
      checkRoom(rules, names).map(inFile(`rooms/${room}.yaml`)),
    ),
    ...checkMatching(
      rooms.matching,
      procedures.map(({ procedure }) => procedure),
    ).map(inFile('rooms/matching.yaml')),
    ...checkOpening(
      rooms.opening ?? {},
      procedures.map(({ procedure }) => procedure),
    ).map(inFile('rooms/opening.yaml')),
    ...(obligations === undefined
      ? []
      : checkObligations(obligations, { prefix: head?.prefix, articles: articles && numbers })),
    ...repeatedProcedures(procedures),
    ...procedures.flatMap(({ file, procedure }) => checkProcedure(procedure, names).map(inFile(file))),
  ]
}

type LocalFault = Omit<Fault, 'file'>
const inFile =
  (file: string) =>
  (fault: LocalFault): Fault => ({ file, ...fault })

function checkArticles(articles: RulebookFiles['articles']): Fault[] {
  // Articles of a regulation are numbered without gaps, so a missing or doubled one shows at its place.
  return articles.flatMap((article, index) =>
    article.number === index + 1
      ? []
      : [
          inFile('articles.yaml')({
            path: `${index}.number`,
            found: article.number,
            expected: `article ${index + 1}`,
          }),
        ],
  )
}

function checkMatching(rules: MatchingRules | undefined, procedures: readonly Procedure[]): LocalFault[] {
  if (rules === undefined) return []
  const procedure = procedures.find(({ key }) => key === rules.procedure)
  if (procedure === undefined)
    return [{ path: 'procedure', found: rules.procedure, expected: 'a procedure of this rulebook' }]
  const named = procedure.acts.some((act) =>
    act.content.some(({ key, kind }) => key === rules.entry && kind === 'entry'),
  )
  return named
    ? []
    : [{ path: 'entry', found: rules.entry, expected: `a content of the kind entry of ${rules.procedure}` }]
}

function checkHead(head: RulebookFiles['head'], names: Names): Fault[] {
  const { catalogue } = head
  const types = (axis: 'sharingTypes' | 'openingTypes') =>
    catalogue[axis].flatMap((type) => checkAccessType(`catalogue.${axis}.${type.key}`, type, names))
  const faults: LocalFault[] = [
    ...repeated('roles', head.roles),
    ...repeated('catalogue.sharingTypes', catalogue.sharingTypes),
    ...repeated('catalogue.openingTypes', catalogue.openingTypes),
    ...repeated('catalogue.basisRanks', catalogue.basisRanks),
    ...repeated('catalogue.requiredContent', catalogue.requiredContent),
    ...types('sharingTypes'),
    ...types('openingTypes'),
    ...namedIn('catalogue.parts', catalogue.parts, ['holders'], names.roles, 'a role of this rulebook'),
    ...head.roles.flatMap(({ key, byLevel }) =>
      unknown(
        `roles.${key}.byLevel`,
        byLevel === undefined ? [] : Object.values(byLevel),
        names.roles ?? new Set(),
        'a role of this rulebook',
      ),
    ),
    ...articlesIn('', head, names),
  ]
  const start = catalogue.defaultSharingType?.key
  if (start !== undefined && !catalogue.sharingTypes.some((type) => type.key === start))
    faults.push({
      path: 'catalogue.defaultSharingType.key',
      found: start,
      expected: 'one of the sharing types',
    })
  return faults.map(inFile('rulebook.yaml'))
}

/** Roles, ranks and articles that the rules of a room name have to be those of the rulebook. */
function checkRoom(rules: unknown, names: Names): LocalFault[] {
  return [
    ...articlesIn('', rules, names),
    ...namedIn('', rules, ['by', 'with', 'holders', 'centre'], names.roles, 'a role of this rulebook'),
    ...namedIn('', rules, ['ranks'], names.ranks, 'one of the basis ranks'),
  ]
}

/** Every name under one of `keys`, at any depth, has to be known. */
function namedIn(
  path: string,
  value: unknown,
  keys: readonly string[],
  known: ReadonlySet<string> | undefined,
  expected: string,
): LocalFault[] {
  if (value === null || typeof value !== 'object' || known === undefined) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`
    const found = typeof inner === 'string' ? [inner] : inner
    return keys.includes(key) && Array.isArray(found)
      ? unknown(at, found as string[], known, expected)
      : namedIn(at, inner, keys, known, expected)
  })
}

function checkAccessType(path: string, type: AccessType, names: Names): LocalFault[] {
  const faults: LocalFault[] = []
  const byRequest = type.effect === 'by-request'
  if (byRequest !== (type.procedure !== undefined))
    faults.push({
      path: `${path}.procedure`,
      found: type.procedure,
      expected: byRequest
        ? 'the procedure by which it is requested'
        : `nothing, as the effect is ${type.effect}`,
    })
  else if (type.procedure !== undefined && !names.procedures.has(type.procedure))
    faults.push({
      path: `${path}.procedure`,
      found: type.procedure,
      expected: 'a procedure of this rulebook',
    })
  for (const rank of type.demands.basis?.ranks ?? [])
    if (!names.ranks?.has(rank))
      faults.push({ path: `${path}.demands.basis.ranks`, found: rank, expected: 'one of the basis ranks' })
  const filedWith = type.demands.filing?.with
  if (filedWith !== undefined && !names.roles?.has(filedWith))
    faults.push({
      path: `${path}.demands.filing.with`,
      found: filedWith,
      expected: 'a role of this rulebook',
    })
  return faults
}

function repeatedProcedures(procedures: RulebookFiles['procedures']): Fault[] {
  const seen = { key: new Map<string, string>(), numberCode: new Map<string, string>() }
  const faults: Fault[] = []
  for (const { file, procedure } of procedures)
    for (const property of ['key', 'numberCode'] as const) {
      const value = procedure[property]
      const other = seen[property].get(value)
      if (other !== undefined)
        faults.push({ file, path: property, found: value, expected: `another one than that of ${other}` })
      else seen[property].set(value, file)
    }
  return faults
}

function checkProcedure(procedure: Procedure, names: Names): LocalFault[] {
  return [
    ...repeated('states', procedure.states),
    ...repeated('acts', procedure.acts),
    ...repeated('clocks', procedure.clocks),
    ...checkRoles(procedure, names),
    ...checkSubject(procedure),
    ...checkTogether(procedure),
    ...checkStates(procedure),
    ...procedure.acts.flatMap((act) => checkAct(procedure, act, names)),
    ...procedure.clocks.flatMap((clock) => checkClock(procedure, clock)),
    ...articlesIn('', procedure, names),
  ]
}

function checkRoles(procedure: Procedure, names: Names): LocalFault[] {
  const faults: LocalFault[] = []
  for (const [role, binding] of Object.entries(procedure.roles)) {
    const path = `roles.${role}`
    if (binding.from === 'role' && names.roles?.has(binding.role) === false)
      faults.push({ path: `${path}.role`, found: binding.role, expected: 'a role of this rulebook' })
    for (const held of binding.from === 'opener' ? (binding.holding?.roles ?? []) : [])
      if (names.roles?.has(held) === false)
        faults.push({ path: `${path}.holding.roles`, found: held, expected: 'a role of this rulebook' })
    if (binding.from === 'named' && !isNamed(procedure, binding.content))
      faults.push({
        path: `${path}.content`,
        found: binding.content,
        expected: 'a content of the kind organisation or entry of some act',
      })
  }
  faults.push(...unknownRoles(procedure, 'decider', [procedure.decider]))
  return faults
}

const isNamed = (procedure: Procedure, key: string): boolean =>
  procedure.acts.some((act) =>
    act.content.some(
      (field) => field.key === key && (field.kind === 'organisation' || field.kind === 'entry'),
    ),
  )

/** What an article wants stated in each case cannot be said once for several. */
const checkTogether = ({ acts }: Procedure): LocalFault[] =>
  acts.flatMap(({ key, together, content, from }) =>
    together !== true
      ? []
      : [
          ...(from.length === 0
            ? [{ path: `acts.${key}.together`, found: true, expected: 'nothing, as the act opens a case' }]
            : []),
          ...content
            .filter(({ required, article }) => required && article !== undefined)
            .map((field) => ({
              path: `acts.${key}.together`,
              found: true,
              expected: `nothing, as ${field.article} asks for “${field.key}” in each case`,
            })),
        ],
  )

/** What is about no entry has to be called something, and cannot speak of a provider or of fields. */
function checkSubject({ about = 'entry', subject, roles, acts }: Procedure): LocalFault[] {
  if (about === 'entry')
    return subject === undefined
      ? []
      : [{ path: 'subject', found: subject, expected: 'nothing, as the case is about an entry' }]
  const opening = acts.find((act) => act.from.length === 0)
  const naming = opening?.content.find(({ key }) => key === subject)
  const faults: LocalFault[] = []
  if (naming === undefined || !naming.required || (naming.kind !== 'text' && naming.kind !== 'choice'))
    faults.push({ path: 'subject', found: subject, expected: 'a required text or choice of the opening act' })
  for (const [role, binding] of Object.entries(roles))
    if (binding.from === 'provider')
      faults.push({
        path: `roles.${role}.from`,
        found: 'provider',
        expected: 'a party of a case without entry',
      })
  for (const act of acts)
    for (const field of act.content)
      if (ofAnEntry.has(field.kind))
        faults.push({
          path: `acts.${act.key}.content.${field.key}.kind`,
          found: field.kind,
          expected: 'a kind of content of a case without entry',
        })
  return faults
}

/** Content that is about the fields or rows of an entry. */
const ofAnEntry: ReadonlySet<string> = new Set(['fields', 'masks', 'rows', 'limits'])

function checkStates(procedure: Procedure): LocalFault[] {
  const reached = new Set([
    ...procedure.acts.map((act) => act.to),
    ...procedure.clocks.map((clock) => clock.lapses?.to),
  ])
  return procedure.states.flatMap((state) => {
    const path = `states.${state.key}`
    const leaving = procedure.acts.filter((act) => act.from.includes(state.key)).map((act) => act.key)
    const faults = unknownRoles(procedure, `${path}.waitsFor`, state.waitsFor)
    if (!reached.has(state.key))
      faults.push({ path, found: state.key, expected: 'a state that some act leads to' })
    if (state.outcome !== undefined && leaving.length > 0)
      faults.push({ path: `${path}.outcome`, found: leaving, expected: 'no act that leaves an ended case' })
    if (state.outcome !== undefined && state.waitsFor.length > 0)
      faults.push({
        path: `${path}.waitsFor`,
        found: state.waitsFor,
        expected: 'nobody, as the case has ended',
      })
    if (state.outcome === undefined && leaving.length === 0)
      faults.push({ path, found: state.key, expected: 'an outcome, or an act that leaves the state' })
    return faults
  })
}

function checkAct(procedure: Procedure, act: Act, names: Names): LocalFault[] {
  const path = `acts.${act.key}`
  const states = new Set(procedure.states.map((state) => state.key))
  const flags = new Set(procedure.acts.flatMap((other) => Object.keys(other.sets ?? {})))
  const clocks = new Set(procedure.clocks.map((clock) => clock.key))
  const acts = new Set(procedure.acts.map((other) => other.key))
  const faults: LocalFault[] = [
    ...unknown(`${path}.takesUp`, listOf(act.takesUp), acts, 'an act of this procedure'),
    ...unknownRoles(procedure, `${path}.by`, act.by),
    ...unknownRoles(procedure, `${path}.apartFrom`, act.apartFrom ?? []),
    ...unknown(`${path}.from`, act.from, states, 'a state of this procedure'),
    ...unknown(`${path}.to`, listOf(act.to), states, 'a state of this procedure'),
    ...unknown(
      `${path}.needs`,
      act.needs?.map((need) => need.flag) ?? [],
      flags,
      'a flag that some act sets',
    ),
    ...unknown(`${path}.starts`, act.starts ?? [], clocks, 'a clock of this procedure'),
    ...unknown(`${path}.stops`, act.stops ?? [], clocks, 'a clock of this procedure'),
    ...unknown(`${path}.pauses`, act.pauses ?? [], clocks, 'a clock of this procedure'),
    ...unknown(`${path}.resumes`, act.resumes ?? [], clocks, 'a clock of this procedure'),
    ...unknown(`${path}.extends.clock`, listOf(act.extends?.clock), clocks, 'a clock of this procedure'),
    ...unknown(`${path}.before.clock`, listOf(act.before?.clock), clocks, 'a clock of this procedure'),
    ...unknown(
      `${path}.warns`,
      act.warns?.map((warning) => warning.whileRunning) ?? [],
      clocks,
      'a clock of this procedure',
    ),
    ...repeated(`${path}.content`, act.content),
    ...act.content.flatMap((field) => checkField(`${path}.content.${field.key}`, field, names)),
  ]
  if (act.pauses !== undefined && !act.content.some(({ kind, required }) => kind === 'text' && required))
    faults.push({ path: `${path}.content`, found: [], expected: 'a required text: a pause has its reason' })
  const resumed = new Set(procedure.acts.flatMap((other) => other.resumes ?? []))
  faults.push(...unknown(`${path}.pauses`, act.pauses ?? [], resumed, 'a clock that some act resumes'))
  const openings = procedure.acts.filter((other) => other.from.length === 0)
  if (act.from.length === 0 && openings.length > 1)
    faults.push({
      path: `${path}.from`,
      found: openings.map((other) => other.key),
      expected: 'one opening act',
    })
  if (act.from.length === 0 && act.to === undefined)
    faults.push({ path: `${path}.to`, found: act.to, expected: 'the state in which the case begins' })
  if (openings.length === 0 && act === procedure.acts[0])
    faults.push({ path: 'acts', found: [], expected: 'an act with an empty `from`, which opens the case' })
  return faults
}

function checkField(path: string, field: Act['content'][number], names: Names): LocalFault[] {
  const faults: LocalFault[] = []
  if ((field.kind === 'choice') !== (field.choices !== undefined))
    faults.push({
      path: `${path}.choices`,
      found: field.choices,
      expected: 'choices for the kind choice alone',
    })
  if (field.ranks !== undefined && field.kind !== 'basis')
    faults.push({ path: `${path}.ranks`, found: field.ranks, expected: 'ranks for the kind basis alone' })
  if (names.ranks !== undefined)
    faults.push(...unknown(`${path}.ranks`, field.ranks ?? [], names.ranks, 'one of the basis ranks'))
  if ((field.minLength ?? 0) > (field.maxLength ?? Number.POSITIVE_INFINITY))
    faults.push({ path: `${path}.minLength`, found: field.minLength, expected: 'no more than maxLength' })
  return faults
}

function checkClock(procedure: Procedure, clock: ClockRule): LocalFault[] {
  const path = `clocks.${clock.key}`
  const faults = unknownRoles(procedure, `${path}.owner`, [clock.owner])
  if (!procedure.acts.some((act) => act.starts?.includes(clock.key)))
    faults.push({ path, found: clock.key, expected: 'a clock that some act starts' })
  const states = new Set(procedure.states.map((state) => state.key))
  faults.push(...unknown(`${path}.lapses.to`, listOf(clock.lapses?.to), states, 'a state of this procedure'))
  if (clock.lapses !== undefined && (clock.kind !== 'statutory' || clock.workingDays === null))
    faults.push({
      path: `${path}.lapses`,
      found: clock.kind,
      expected: 'a statutory period with a number: nothing else has consequences in law',
    })
  if (clock.kind === 'statutory' && clock.article === undefined)
    faults.push({ path: `${path}.article`, found: undefined, expected: 'the article that sets the period' })
  if (clock.kind === 'local' && clock.instrument === undefined)
    faults.push({
      path: `${path}.instrument`,
      found: undefined,
      expected: 'the instrument the target rests on',
    })
  if (clock.kind === 'waiting' && clock.workingDays !== null)
    faults.push({
      path: `${path}.workingDays`,
      found: clock.workingDays,
      expected: 'null: nothing sets a period',
    })
  return faults
}

function unknownRoles(procedure: Procedure, path: string, found: readonly string[]): LocalFault[] {
  return unknown(path, found, new Set(Object.keys(procedure.roles)), 'a role of this procedure')
}

const listOf = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name])

function unknown(
  path: string,
  found: readonly string[],
  known: ReadonlySet<string>,
  expected: string,
): LocalFault[] {
  return found.filter((name) => !known.has(name)).map((name) => ({ path, found: name, expected }))
}

function repeated(path: string, items: readonly { readonly key: string }[]): LocalFault[] {
  const seen = new Set<string>()
  return items.flatMap(({ key }) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [{ path, found: key, expected: 'each key once' }]
  })
}

/** Every `article` or `articles` at any depth has to be in the regulation. */
function articlesIn(path: string, value: unknown, names: Names): LocalFault[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`
    const ids = key === 'article' ? [inner] : key === 'articles' && Array.isArray(inner) ? inner : undefined
    if (ids === undefined) return articlesIn(at, inner, names)
    return ids
      .filter((id) => typeof id === 'string' && !names.isArticle(id))
      .map((id) => ({ path: at, found: id, expected: 'an article or obligation of this regulation' }))
  })
}
