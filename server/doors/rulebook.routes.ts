import * as contract from '@tiaoli/contract/rulebook'
import { presentAct } from '../foundations/casework/index.ts'
import type { Mount } from '../foundations/http/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import { articleOf } from '../foundations/rulebook/lookup.ts'
import type { AccessType, Procedure, Rulebook } from '../foundations/rulebook/rulebook.types.ts'
import { documentClasses } from '../rooms/catalogue/index.ts'

export function mountRulebook(
  mount: Mount,
  rulebook: Rulebook,
  procedures: { readonly isOpenHere: (procedure: string) => boolean },
): void {
  mount(contract.getRulebook, () => {
    const { catalogue } = rulebook
    return {
      id: rulebook.id,
      version: rulebook.version,
      city: rulebook.city,
      regulation: rulebook.regulation,
      inForceOn: rulebook.inForceOn,
      prefix: rulebook.prefix,
      chip: rulebook.chip,
      roles: [...rulebook.roles],
      matching: rulebook.rooms.matching
        ? { term: rulebook.rooms.matching.term, procedure: rulebook.rooms.matching.procedure }
        : null,
      catalogue: {
        name: catalogue.name,
        parts: [...catalogue.parts],
        sharingTypes: catalogue.sharingTypes.map(presentType),
        openingTypes: catalogue.openingTypes.map(presentType),
        defaultSharingType: catalogue.defaultSharingType?.key ?? null,
        untyped: {
          sharing: catalogue.untyped?.sharing?.term ?? null,
          opening: catalogue.untyped?.opening?.term ?? null,
        },
        basisRanks: [...catalogue.basisRanks],
        requiredContent: [...catalogue.requiredContent],
      },
      opening: presentOpening(rulebook),
      connections: presentConnections(rulebook),
      tasks: presentTasks(rulebook),
      assurance: presentAssurance(rulebook),
    }
  })
  mount(contract.listArticles, () => ({ items: [...rulebook.articles] }))
  mount(contract.getArticle, ({ params }) => {
    const article = articleOf(rulebook, params.article)
    if (article === undefined) throw new Problem('not-found')
    return article
  })
  mount(contract.listProcedures, () => ({
    items: rulebook.procedures.map((procedure) =>
      presentProcedure(rulebook, procedure, procedures.isOpenHere(procedure.key)),
    ),
  }))
}

const presentConnections = ({ rooms: { connections } }: Rulebook) =>
  connections ? { article: connections.article, atSource: connections.atSource !== undefined } : null

function presentAssurance(rulebook: Rulebook) {
  const { catalogue, rooms } = rulebook
  const { publication, proofs, systems } = rooms
  return {
    citation: rulebook.use.citation?.article ?? null,
    filing: catalogue.sharingTypes.some(({ demands }) => demands.filing !== undefined),
    checks: publication?.checks !== undefined,
    systems: systems !== undefined,
    explanations: rooms.explanations !== undefined,
    subjects: rooms.subjects ? { term: rooms.subjects.term, article: rooms.subjects.article } : null,
    processing: rooms.processing !== undefined,
    proofs: proofs !== undefined,
    documentClasses: documentClasses(rulebook).classes,
    certificates: rooms.certificates !== undefined,
    priorityFields: [...(publication?.priority?.fields ?? [])],
  }
}

function presentTasks({ rooms: { tasks } }: Rulebook) {
  if (tasks === undefined) return null
  const { article, requirement, fullness, stages, flows, coverage, modes, exceptions } = tasks
  return {
    article,
    requirement: requirement !== undefined,
    fullness: fullness !== undefined,
    stages: stages !== undefined,
    flows: flows !== undefined,
    coverage: coverage !== undefined,
    modes: modes !== undefined,
    exception: exceptions ? { procedure: exceptions.procedure, term: exceptions.term } : null,
  }
}

function presentOpening({ rooms: { opening } }: Rulebook) {
  const agreement = opening?.agreement
  return {
    agreement: agreement
      ? { name: agreement.name, article: agreement.article, procedure: agreement.procedure }
      : null,
    results: opening?.results !== undefined,
    demands: opening?.demands !== undefined,
    lists: (opening?.lists.length ?? 0) > 0,
    reassessment: opening?.reassessment !== undefined,
    reopening: opening?.reopening !== undefined,
  }
}

const presentType = (type: AccessType) => ({
  key: type.key,
  term: type.term,
  summary: type.summary,
  article: type.article,
  instrument: type.instrument ?? null,
  effect: type.effect,
  procedure: type.procedure ?? null,
  demandsConditions: type.demands.conditions ?? null,
  demandsReasons: type.demands.reasons ?? null,
  demandsBasis: type.demands.basis
    ? { article: type.demands.basis.article, ranks: [...type.demands.basis.ranks] }
    : null,
})

const presentProcedure = (rulebook: Rulebook, procedure: Procedure, opensHere: boolean) => ({
  key: procedure.key,
  title: procedure.title,
  summary: procedure.summary,
  articles: [...procedure.articles],
  about: procedure.about ?? 'entry',
  opensHere,
  roles: Object.entries(procedure.roles).map(([key, binding]) => ({ key, term: binding.title })),
  states: procedure.states.map((state) => ({
    ...state,
    waitsFor: [...state.waitsFor],
    outcome: state.outcome ?? null,
  })),
  acts: procedure.acts.map((act) => presentAct(rulebook, act)),
  clocks: procedure.clocks.map((clock) => ({
    key: clock.key,
    title: clock.title,
    kind: clock.kind,
    workingDays: clock.workingDays,
    article: clock.article ?? null,
    instrument: clock.instrument ?? null,
    owner: clock.owner,
  })),
})
