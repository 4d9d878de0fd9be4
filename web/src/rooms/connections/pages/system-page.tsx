import type { SourceSystem } from '@tiaoli/contract/connections'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useChangeSystem, useCheckSystem, useSystem } from '../connections.queries.ts'
import { LinkEntry } from '../parts/link-entry.tsx'
import { LinkedEntry } from '../parts/linked-entry.tsx'
import { SystemState } from '../parts/system-state.tsx'
import { systemOf, systemQuestions } from '../system-questions.ts'

type Acts = readonly ('check' | 'change')[]

/** One system: its connection, what its checks found, and the entries it stands for. */
export default function SystemPage() {
  const { t } = useDeskText()
  const { systemId = '' } = useParams()
  const { data: rulebook } = useRulebook()
  return (
    <Await reading={useSystem(systemId)} lines={10}>
      {(system) => (
        <Page title={system.name} above={<Link to="/desk/source-systems">{t.sources.title}</Link>}>
          <Connection system={system} acts={system.acts} />
          <Section title={t.sources.entries} note={rulebook?.connections?.atSource && t.sources.entriesNote}>
            <div className="stack">
              {system.entries.map((entry) => (
                <LinkedEntry
                  key={entry.entryId}
                  systemId={systemId}
                  entry={entry}
                  own={system.acts.includes('change')}
                />
              ))}
              {system.entries.length === 0 && <p className="quiet">{t.sources.noEntries}</p>}
              {system.acts.includes('change') && (
                <LinkEntry
                  systemId={systemId}
                  mayStay={rulebook?.connections?.atSource === true}
                  inDatabase={system.mode === 'database'}
                />
              )}
            </div>
          </Section>
          <Section title={t.sources.checks} note={t.sources.checksNote}>
            {system.checks.length === 0 ? (
              <p className="quiet">{t.sources.neverChecked}</p>
            ) : (
              <Table
                caption={t.sources.checks}
                rows={system.checks}
                rowKey={({ at }, index) => `${at} ${index}`}
                columns={[
                  { key: 'at', title: t.sources.at, width: 'unbroken', cell: ({ at }) => formatMoment(at) },
                  {
                    key: 'result',
                    title: t.sources.result,
                    cell: ({ failure, status }) =>
                      failure === null
                        ? t.sources.answered
                        : `${t.sources.failures[failure]}${status ? ` (${status})` : ''}`,
                  },
                  {
                    key: 'took',
                    title: t.sources.took,
                    numeric: true,
                    cell: ({ tookMs }) => t.sources.milliseconds(tookMs),
                  },
                ]}
              />
            )}
          </Section>
        </Page>
      )}
    </Await>
  )
}

/** How the connection stands, and what its owner and the authority can do about it. */
function Connection({ system, acts }: { system: SourceSystem; acts: Acts }) {
  const { t, say } = useDeskText()
  const check = useCheckSystem()
  const change = useChangeSystem()
  const [editing, setEditing] = useState(false)
  const params = { systemId: system.id }
  return (
    <Section title={t.sources.state}>
      <div className="stack">
        <p>
          <SystemState system={system} />
        </p>
        <Facts
          facts={[
            [t.sources.owner, say(system.organisation.name)],
            [t.sources.url, system.url ?? t.sources.failures['no-interface']],
            [t.sources.user, system.user],
            [t.sources.token, system.hasToken ? t.sources.hasToken : null],
            [t.sources.limit, system.limitSeconds && t.sources.seconds(system.limitSeconds)],
            [t.sources.checked, system.checkedAt ? formatMoment(system.checkedAt) : t.sources.neverChecked],
            [t.sources.ok, system.okAt && formatMoment(system.okAt)],
            [t.sources.changed, system.changedAt && formatMoment(system.changedAt)],
          ]}
        />
        {check.error && <Failure error={check.error} />}
        <div className="row">
          {acts.includes('check') && (
            <Button busy={check.isPending} onClick={() => check.mutate({ params })}>
              {t.sources.check}
            </Button>
          )}
          {acts.includes('change') && !editing && (
            <Button onClick={() => setEditing(true)}>{t.sources.change}</Button>
          )}
        </div>
        {editing && (
          <ActForm
            name={t.sources.change}
            fields={systemQuestions}
            choosable={[]}
            draftKey={`source-system.${system.id}`}
            submitLabel={t.sources.save}
            follows={<p>{t.sources.follows}</p>}
            onCancel={() => setEditing(false)}
            onSubmit={async (answers) => {
              await change.mutateAsync({ params, body: systemOf(answers) })
              setEditing(false)
            }}
          />
        )}
      </div>
    </Section>
  )
}
