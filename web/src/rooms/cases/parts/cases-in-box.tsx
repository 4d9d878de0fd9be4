import type { ReactNode } from 'react'
import { More } from '../../../kit/more.tsx'
import { Await } from '../../../kit/states.tsx'
import { type Box, useCases } from '../cases.queries.ts'
import { CaseList } from './case-list.tsx'

/** The cases of one box, read page by page. */
export function CasesInBox({ box, label, empty }: { box: Box; label: string; empty: ReactNode }) {
  const pages = useCases({ box })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading} lines={8}>
      {(read) => {
        const cases = read.flatMap((page) => page.items)
        if (cases.length === 0) return empty
        return (
          <div className="stack">
            <CaseList cases={cases} label={label} />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}
