import { text } from '@tiaoli/kernel/text'
import { Problem } from '../../foundations/problems/index.ts'
import type { Entry } from '../catalogue/index.ts'
import { identifierFaults } from './collection.rules.ts'
import { type CollectionDeps, createPlans } from './collection.service.ts'
import { createDuties } from './duties.service.ts'

export type Collection = ReturnType<typeof createCollection>

/** What may be collected, by whom, and what must be shared instead (收集). */
export function createCollection(given: Omit<CollectionDeps, 'rules'>) {
  const deps: CollectionDeps = { ...given, rules: given.rulebook.rooms.collection ?? {} }
  const duties = createDuties(deps)
  return {
    plans: createPlans(deps),
    duties,
    watchers: [duties.watcher],

    /** Data that lack the identifier of their subject are not taken in. @article CQ-11.1(3) */
    requireAggregable(entry: Entry): void {
      const content = entry.pending ?? entry.content
      // What was catalogued before subjects were stated is told so when it is handed in the next time.
      if (content.subjectType === null) return
      const [fault] = identifierFaults(deps.rules, content)
      if (fault !== undefined)
        throw new Problem('refused-by-law', {
          article: fault.article,
          condition: fault.message,
          remedy: text(
            '请在目录条目中补充该标识后再汇聚。',
            'Add the identifier to the entry, then bring the data in.',
          ),
          errors: [{ path: fault.path, message: fault.message }],
        })
    },
  }
}
