import type { SnapshotView } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Field } from '../../../kit/field.tsx'
import { formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useDifferences, useVersion } from '../versions.queries.ts'

/** Asks with which version to compare, and shows what changed since. Nothing is read before somebody asks. */
export function Compare({ entryId, version }: { entryId: string; version: SnapshotView }) {
  const { t } = useDeskText()
  const [number, setNumber] = useState<number | null>(version.number > 1 ? version.number - 1 : null)
  const [asked, setAsked] = useState<number | null>(null)
  return (
    <div className="stack">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(number)
        }}
      >
        <Field id="compare-with" label={t.versions.diffFrom}>
          <Input
            id="compare-with"
            type="number"
            min={1}
            step={1}
            value={number ?? ''}
            onChange={({ target }) =>
              setNumber(target.value === '' ? null : Math.floor(target.valueAsNumber))
            }
          />
        </Field>
        <div>
          <Button type="submit" disabled={number === null}>
            {t.versions.compare}
          </Button>
        </div>
      </form>
      {asked !== null && <Against key={asked} entryId={entryId} version={version} number={asked} />}
    </div>
  )
}

function Against(props: { entryId: string; version: SnapshotView; number: number }) {
  const { t } = useDeskText()
  return (
    <Await reading={useVersion(props.entryId, props.number)} lines={1}>
      {({ version: earlier }) =>
        earlier.destroyedAt === null ? (
          <Differences entryId={props.entryId} from={earlier.id} to={props.version.id} />
        ) : (
          <p>{t.versions.noSuchVersion}</p>
        )
      }
    </Await>
  )
}

type Value = string | number | boolean | null | undefined

function Differences({ entryId, from, to }: { entryId: string; from: string; to: string }) {
  const { t, language } = useDeskText()
  const pages = useDifferences(entryId, from, to)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const count = (value: number) => formatNumber(value, language)
  return (
    <Await reading={reading}>
      {(read) => {
        const first = read[0]!
        const rows = read.flatMap((page) => page.rows)
        return (
          <div className="stack" data-testid="differences">
            <p>
              {rows.length === 0
                ? t.versions.same
                : t.versions.counts(count(first.added), count(first.changed), count(first.removed))}
            </p>
            {first.notCompared.length > 0 && (
              <p className="quiet">
                {t.versions.notCompared(first.notCompared.join(language === 'zh' ? '、' : ', '))}
              </p>
            )}
            {rows.length > 0 && (
              <Table
                caption={t.versions.diff}
                rows={rows}
                rowKey={(_, index) => String(index)}
                columns={[
                  {
                    key: 'kind',
                    title: t.versions.kind,
                    width: 'unbroken',
                    cell: ({ kind }) => t.versions.kinds[kind],
                  },
                  ...first.columns.map(({ name }) => ({
                    key: name,
                    title: name,
                    cell: ({ before, after }: (typeof rows)[number]) =>
                      before && after ? (
                        <Changed before={before[name]} after={after[name]} />
                      ) : (
                        String((after ?? before)?.[name] ?? '')
                      ),
                  })),
                ]}
              />
            )}
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}

/** A value that changed, with what it was. */
function Changed({ before, after }: { before: Value; after: Value }) {
  const { t } = useDeskText()
  if (before === after) return <>{String(after ?? '')}</>
  return (
    <>
      <strong>{String(after ?? '')}</strong>
      <br />
      <span className="quiet small">{t.versions.was(String(before ?? ''))}</span>
    </>
  )
}
