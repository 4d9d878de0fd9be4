import type { CaseSummary } from '@tiaoli/contract/cases'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { More } from '../../../kit/more.tsx'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { type Box, useCases } from '../cases.queries.ts'
import { CaseList } from './case-list.tsx'
import { Together } from './together.tsx'

/** The cases of one box, read page by page; where they wait for the reader, several can be dealt with at a time. */
export function CasesInBox(props: { box: Box; label: string; empty: ReactNode; together?: boolean }) {
  const pages = useCases({ box: props.box })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading} lines={8}>
      {(read) => {
        const cases = read.flatMap((page) => page.items)
        if (cases.length === 0) return props.empty
        return (
          <div className="stack">
            {props.together ? (
              <Selectable cases={cases} label={props.label} />
            ) : (
              <CaseList cases={cases} label={props.label} />
            )}
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}

function Selectable({ cases, label }: { cases: readonly CaseSummary[]; label: string }) {
  const { t } = useDeskText()
  const [selecting, setSelecting] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <>
      <div>
        <Button
          aria-pressed={selecting}
          onClick={() => {
            setSelecting(!selecting)
            setChosen(new Set())
          }}
        >
          {selecting ? t.together.stop : t.together.start}
        </Button>
      </div>
      {selecting && (
        // A case that has meanwhile left the inbox is chosen no longer.
        <Together chosen={cases.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(new Set())} />
      )}
      <CaseList cases={cases} label={label} {...(selecting ? { selection: { chosen, toggle } } : {})} />
    </>
  )
}
