import type { Specification as SpecificationView } from '@tiaoli/contract/specifications'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { WrongAnswer } from '../../../kit/act-form/wrong-answer.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, linesOf, textQuestion } from '../../../kit/ask.ts'
import { bodiesNamed } from '../../../kit/bodies-named.ts'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { usePublishSpecification, useSpecifications } from '../compilation.queries.ts'
import { parseItems, writeItems } from '../parse-items.ts'

/** The versions of the uniform specification; whoever lays it down publishes the next one here. */
export function Specification() {
  const { t, say } = usePortalText()
  const pages = useSpecifications()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const { rule, publishable, cosigned } = read[0]!
        if (rule === null) return null
        const versions = read.flatMap((page) => page.items)
        return (
          <Section
            title={
              <>
                {say(rule.term)} <ArticleChip article={rule.article} />
              </>
            }
          >
            {versions.length === 0 && <p className="quiet">{t.compilation.noSpecification}</p>}
            {versions.length > 0 && <Versions versions={versions} />}
            <More {...pages} />
            {publishable && <Publish cosigned={cosigned} last={versions[0]} />}
          </Section>
        )
      }}
    </Await>
  )
}

function Versions({ versions }: { versions: readonly SpecificationView[] }) {
  const { t, say } = usePortalText()
  return (
    <Table
      caption={t.compilation.specification}
      rows={versions}
      rowKey={({ version }) => String(version)}
      columns={[
        {
          key: 'version',
          title: t.compilation.specification,
          width: 'unbroken',
          cell: (one) =>
            `${t.compilation.version(one.version)}${one.inForce ? ` · ${t.compilation.inForce}` : ''}`,
        },
        {
          key: 'effective',
          title: t.compilation.effectiveAt,
          width: 'unbroken',
          cell: (one) => formatMoment(one.effectiveAt),
        },
        {
          key: 'publisher',
          title: t.compilation.publisher,
          cell: (one) =>
            [one.publisher, ...one.cosigners].map(({ name }) => say(name)).join(t.common.listSeparator),
        },
        {
          key: 'items',
          title: t.compilation.items,
          width: 'roomy',
          cell: (one) =>
            one.items
              .map(({ term, required }) => `${say(term)}${required ? `（${t.compilation.required}）` : ''}`)
              .join(t.common.listSeparator),
        },
      ]}
    />
  )
}

function Publish({ cosigned, last }: { cosigned: boolean; last: SpecificationView | undefined }) {
  const { t } = usePortalText()
  const publish = usePublishSpecification()
  const both = (zh: string, en: string) => ({ zh, en })
  const help = { zh: t.compilation.itemsHelp, en: t.compilation.itemsHelp }
  return (
    <ActDrawer
      title={t.compilation.publishSpecification}
      draftKey="specification"
      initial={{ title: last?.title ?? '', items: writeItems(last?.items ?? []) }}
      fields={[
        textQuestion('title', both('名称', 'Title')),
        textQuestion('items', both('项目', 'Items'), { help, maxLength: 20_000 }),
        ...(cosigned
          ? [
              textQuestion('cosigners', both('会同部门', 'Together with'), {
                help: { zh: t.compilation.cosignersHelp, en: t.compilation.cosignersHelp },
                maxLength: 2000,
              }),
            ]
          : []),
        textQuestion('note', both('说明', 'Note'), { required: false, maxLength: 2000 }),
      ]}
      onSubmit={async (content) => {
        const { items, badLine } = parseItems(answerOf(content, 'items'))
        if (badLine !== undefined) throw new WrongAnswer(t.compilation.badLine(badLine))
        const { ids, unknown } = await bodiesNamed(linesOf(answerOf(content, 'cosigners')))
        if (unknown !== undefined) throw new WrongAnswer(t.compilation.unknownBody(unknown))
        const body = {
          title: answerOf(content, 'title'),
          note: answerOf(content, 'note'),
          items,
          cosigners: ids,
        }
        await publish.mutateAsync({ body })
      }}
    />
  )
}
