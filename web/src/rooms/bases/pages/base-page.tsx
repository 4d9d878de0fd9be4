import type { Base } from '@tiaoli/contract/bases'
import { Link, useParams } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { WrongAnswer } from '../../../kit/act-form/wrong-answer.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, textQuestion } from '../../../kit/ask.ts'
import { bodiesNamed } from '../../../kit/bodies-named.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate, formatNumber } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAttach, useBase, useDetach, useSetLead } from '../bases.queries.ts'
import { CheckList } from '../parts/check-list.tsx'

export default function BasePage() {
  const { t, say } = usePortalText()
  const { baseKey = '' } = useParams()
  return (
    <Await reading={useBase(baseKey)} lines={10}>
      {(base) => (
        <Page
          title={say(base.term)}
          above={<Link to="/bases">{t.bases.title}</Link>}
          lead={
            <>
              {t.bases.leadBody} {base.lead ? say(base.lead.name) : t.bases.noLead} · {t.bases.identifier}{' '}
              {base.identifier ? t.bases.identifiers[base.identifier] : t.bases.noIdentifier}{' '}
              <ArticleChip article={base.article} />
            </>
          }
        >
          <Section title={t.bases.sources}>
            <Sources base={base} />
            <Acts base={base} />
          </Section>
          {base.checkable && (
            <Section title={t.bases.check} note={t.bases.checkLead}>
              <CheckList baseKey={base.key} />
            </Section>
          )}
        </Page>
      )}
    </Await>
  )
}

function Sources({ base }: { base: Base }) {
  const { t, say, language } = usePortalText()
  const detach = useDetach()
  const number = (value: number) => formatNumber(value, language)
  if (base.sources.length === 0) return <p className="quiet">{t.bases.noSources}</p>
  return (
    <Table
      caption={t.bases.sources}
      rows={base.sources}
      rowKey={({ entryId }) => entryId}
      columns={[
        {
          key: 'entry',
          title: t.compilation.entry,
          cell: (one) => (
            <>
              <Link to={`/entries/${one.entryId}`}>{one.title}</Link> {one.reference && t.bases.reference}
            </>
          ),
        },
        { key: 'provider', title: t.compilation.provider, cell: (one) => say(one.provider.name) },
        { key: 'key', title: t.bases.keyField, cell: (one) => one.keyField },
        {
          key: 'freshness',
          title: t.bases.freshness,
          cell: (one) =>
            one.liveAt ? `${formatDate(one.liveAt)}${one.late ? ` · ${t.bases.late}` : ''}` : t.entry.noData,
        },
        {
          key: 'coverage',
          title: t.bases.coverage,
          cell: (one) =>
            one.coverage
              ? t.bases.coverageOf(
                  number(one.coverage.matched),
                  number(one.coverage.keys),
                  `${Math.floor(1000 * one.coverage.share) / 10}%`,
                )
              : t.bases.notCounted,
        },
        {
          key: 'only',
          title: t.bases.onlyHere,
          numeric: true,
          cell: (one) => one.coverage && number(one.coverage.here - one.coverage.matched),
        },
        {
          key: 'acts',
          title: t.cases.acts,
          cell: (one) =>
            one.detachable && (
              <Button
                onClick={() =>
                  void detach.mutateAsync({ params: { baseKey: base.key }, body: { entryId: one.entryId } })
                }
              >
                {t.bases.detach}
              </Button>
            ),
        },
      ]}
    />
  )
}

function Acts({ base }: { base: Base }) {
  const { t } = usePortalText()
  const attach = useAttach()
  const lead = useSetLead()
  const params = { baseKey: base.key }
  return (
    <div className="stack">
      {base.attachable && (
        <ActDrawer
          title={t.bases.attach}
          draftKey={`base.${base.key}.attach`}
          fields={[
            textQuestion('entryId', { zh: t.bases.entryId, en: t.bases.entryId }),
            textQuestion('keyField', { zh: t.bases.keyField, en: t.bases.keyField }, { maxLength: 100 }),
          ]}
          onSubmit={(content) =>
            attach.mutateAsync({
              params,
              body: { entryId: answerOf(content, 'entryId'), keyField: answerOf(content, 'keyField') },
            })
          }
        />
      )}
      {base.leadable && (
        <ActDrawer
          title={t.bases.setLead}
          draftKey={`base.${base.key}.lead`}
          fields={[textQuestion('body', { zh: '单位名称', en: 'Name of the body' })]}
          onSubmit={async (content) => {
            const name = answerOf(content, 'body')
            const { ids, unknown } = await bodiesNamed([name])
            if (unknown !== undefined) throw new WrongAnswer(t.compilation.unknownBody(unknown))
            await lead.mutateAsync({ params, body: { organisationId: ids[0]! } })
          }}
        />
      )}
    </div>
  )
}
