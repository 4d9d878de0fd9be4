import { ProblemError } from '@tiaoli/contract/client'
import { announceMaintenance, listSystemEntries, listSystems, type System } from '@tiaoli/contract/systems'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useAct, usePages, useRoute } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { EntryList } from '../../../kit/entry-list.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'

/** The two entrances over one platform, how they run, and the entries that the chosen one offers. */
export default function SystemsPage() {
  const { t, say } = usePortalText()
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('enter')
  return (
    <Page title={t.systems.title} lead={t.systems.lead}>
      <Await reading={useRoute(listSystems, {})} lines={8}>
        {({ items }) => (
          <>
            {items.map((system) => (
              <Section
                key={system.key}
                title={say(system.term)}
                note={<ArticleChip article={system.article} />}
              >
                <div className="stack">
                  <Running system={system} />
                  {!system.admitted ? (
                    <p className="quiet">{t.systems.notAdmitted}</p>
                  ) : chosen === system.key ? (
                    <Offered system={system.key} />
                  ) : (
                    <div>
                      <Button primary onClick={() => setSearch({ enter: system.key })}>
                        {t.systems.enter}
                      </Button>
                    </div>
                  )}
                  {system.canMaintain && <Announce system={system.key} />}
                </div>
              </Section>
            ))}
          </>
        )}
      </Await>
    </Page>
  )
}

function Running({ system }: { system: System }) {
  const { t, say, language } = usePortalText()
  const { availability, maintenance, runBy } = system
  return (
    <Facts
      facts={[
        [t.systems.entries, formatNumber(system.entries, language)],
        [t.systems.runBy, runBy && say(runBy.name)],
        [
          t.systems.availability,
          availability ? `${(availability.share * 100).toFixed(2)}%` : t.systems.unknown,
        ],
        [
          t.systems.maintenance,
          maintenance.length === 0
            ? t.systems.noMaintenance
            : maintenance.map(({ id, from, until, note }) => (
                <p key={id}>
                  {formatMoment(from)} – {formatMoment(until)} {note}
                </p>
              )),
        ],
      ]}
    />
  )
}

function Offered({ system }: { system: System['key'] }) {
  const pages = usePages(listSystemEntries, { params: { system } })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading} lines={6}>
      {(read) => (
        <div className="stack">
          <EntryList entries={read.flatMap((page) => page.items)} />
          <More {...pages} />
        </div>
      )}
    </Await>
  )
}

function Announce({ system }: { system: System['key'] }) {
  const { t } = usePortalText()
  const announce = useAct(announceMaintenance)
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [note, setNote] = useState('')
  return (
    <div className="row">
      <Input
        type="datetime-local"
        aria-label={t.systems.from}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <Input
        type="datetime-local"
        aria-label={t.systems.until}
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
      <Input
        aria-label={t.systems.note}
        placeholder={t.systems.note}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button
        disabled={from === '' || until === '' || note.trim() === ''}
        busy={announce.isPending}
        onClick={() =>
          announce.mutate(
            {
              params: { system },
              body: { from: new Date(from).toISOString(), until: new Date(until).toISOString(), note },
            },
            { onSuccess: () => setNote('') },
          )
        }
      >
        {t.systems.announce}
      </Button>
      {announce.error instanceof ProblemError && <ProblemView problem={announce.error.problem} />}
    </div>
  )
}
