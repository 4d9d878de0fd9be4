import * as contract from '@tiaoli/contract/tasks'
import { isText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Task } from './tasks.model.ts'
import type { Tasks } from './tasks.service.ts'
import { monthFlows, presentCoverage, presentTask } from './tasks.view.ts'

export type TaskRoutesDeps = { readonly tasks: Tasks; readonly identity: Identity }

export function mountTasks(mount: Mount, { tasks, identity }: TaskRoutesDeps): void {
  const nameOf = (id: string) => ({ id, name: identity.organisation(id)?.name ?? { zh: id, en: id } })
  const present = (task: Task) =>
    presentTask(task, tasks.standing(task), {
      organisation: nameOf(task.entry.providerId),
      article: tasks.articleFor(task.entry.providerId),
      mode: tasks.modeOf(task),
    })

  async function show(session: Session, entryId: string) {
    const task = await tasks.requireTask(session, entryId)
    const stages = await tasks.stages(entryId)
    const users = await identity.userNames([...new Set(stages.map(({ userId }) => userId))])
    return {
      ...present(task),
      stages: stages.map(({ organisationId, userId, at, ...stage }) => ({
        ...stage,
        at: at.toISOString(),
        organisation: nameOf(organisationId),
        by: users.get(userId) ?? '',
      })),
      acts: tasks.actsOf(session, task),
    }
  }

  mount(contract.listAggregationTasks, async ({ query, session }) => {
    const { organisation, state, fault } = query
    const every = (await tasks.list(session))
      .filter(({ entry }) => organisation === undefined || entry.providerId === organisation)
      .map((task) => ({ task, standing: tasks.standing(task) }))
    const wanted = every.filter(
      ({ standing }) =>
        (state === undefined || standing.state === state) &&
        (fault === undefined || standing.faults.includes(fault)),
    )
    const list = listOf('tasks', [organisation, state, fault])
    const after = readCursor(list, query.cursor, isText)
    const from = after === undefined ? 0 : wanted.findIndex(({ task }) => task.entry.number > after)
    const page = from < 0 ? [] : wanted.slice(from, from + query.limit)
    const count = (of: (typeof contract.taskStates)[number]) =>
      every.filter(({ standing }) => standing.state === of).length
    return {
      items: page.map(({ task }) => present(task)),
      nextCursor:
        from >= 0 && wanted.length > from + query.limit
          ? writeCursor(list, page.at(-1)!.task.entry.number)
          : null,
      counts: {
        short: count('short'),
        aggregated: count('aggregated'),
        'at-source': count('at-source'),
        excepted: count('excepted'),
      },
    }
  })
  mount(contract.getAggregationTask, ({ params, session }) => show(session, params.entryId))
  mount(contract.requireAggregationCycle, async ({ params, body, session }) => {
    const { cycle, ...requirement } = body
    await tasks.require(session, params.entryId, cycle, requirement)
    return show(session, params.entryId)
  })
  mount(contract.reportAggregationSource, async ({ params, body, session }) => {
    await tasks.report(session, params.entryId, body.rows, new Date(body.changedAt))
    return show(session, params.entryId)
  })
  mount(contract.getAggregationCoverage, async ({ session }) => {
    if (tasks.rules?.coverage === undefined) throw new Problem('not-found')
    const every = await tasks.list(session)
    const answered = await tasks.answered()
    return {
      items: presentCoverage(
        every.map((task) => ({ task, standing: tasks.standing(task) })),
        answered,
        { nameOf, articleFor: tasks.articleFor, isOpen: tasks.isOpen },
      ),
    }
  })
  mount(contract.getAggregationFlows, async ({ query, session }) => {
    const { supplied, obtained } = await tasks.flows(session, query.month)
    const titles = await tasks.titles([...supplied, ...obtained].map(({ entryId }) => entryId))
    return { month: query.month, items: monthFlows(supplied, obtained, nameOf, titles) }
  })
}
