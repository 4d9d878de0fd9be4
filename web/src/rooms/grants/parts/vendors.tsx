import type { Grant } from '@tiaoli/contract/cases'
import type { GrantVendor } from '@tiaoli/contract/grants'
import type { ContentField } from '@tiaoli/contract/rulebook'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { question } from '../../../kit/questions.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useDeclareVendor, useVendors, useWithdrawVendor } from '../grants.queries.ts'

const questions: ContentField[] = [
  question('name', text('单位名称', 'Name'), { required: true, maxLength: 120 }),
  question('creditCode', text('统一社会信用代码', 'Unified social credit code'), {
    required: true,
    maxLength: 40,
  }),
  question('task', text('承担的工作', 'What it does with the data'), { required: true, maxLength: 500 }),
]

/** Who works on the data for their holder. */
export function Vendors({ grant }: { grant: Grant }) {
  const { t } = useDeskText()
  const reading = useVendors(grant.id)
  const declare = useDeclareVendor()
  const withdraw = useWithdrawVendor()
  const [open, setOpen] = useState(false)
  const params = { grantId: grant.id }
  const standing = (vendor: GrantVendor) =>
    vendor.withdrawnAt
      ? t.grants.vendorWithdrawn(formatDate(vendor.withdrawnAt))
      : t.grants.vendorSince(formatDate(vendor.declaredAt))
  return (
    <Section
      title={t.grants.vendors}
      note={
        <>
          {t.grants.vendorsLead} {reading.data && <ArticleChip article={reading.data.article} />}
        </>
      }
    >
      <Await reading={reading} lines={2}>
        {({ items, canDeclare }) => (
          <div className="stack">
            {items.length === 0 ? (
              <Empty title={t.grants.noVendors} />
            ) : (
              <Table
                caption={t.grants.vendors}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'name', title: t.grants.vendorName, cell: ({ name }) => name },
                  {
                    key: 'code',
                    title: t.grants.vendorCode,
                    cell: ({ creditCode }) => <code>{creditCode}</code>,
                  },
                  { key: 'task', title: t.grants.vendorTask, cell: ({ task }) => task },
                  { key: 'standing', title: t.grants.standing, cell: standing },
                  {
                    key: 'act',
                    title: '',
                    cell: (vendor) =>
                      canDeclare && !vendor.withdrawnAt ? (
                        <Button
                          small
                          onClick={() => withdraw.mutate({ params: { ...params, vendorId: vendor.id } })}
                        >
                          {t.grants.withdrawVendor}
                        </Button>
                      ) : null,
                  },
                ]}
              />
            )}
            {canDeclare &&
              (open ? (
                <ActForm
                  name={t.grants.declareVendor}
                  fields={questions}
                  choosable={[]}
                  draftKey={`vendor.${grant.id}`}
                  submitLabel={t.grants.declareVendor}
                  onCancel={() => setOpen(false)}
                  onSubmit={({ name, creditCode, task }) =>
                    declare
                      .mutateAsync({
                        params,
                        body: { name: String(name), creditCode: String(creditCode), task: String(task) },
                      })
                      .then(() => setOpen(false))
                  }
                />
              ) : (
                <div>
                  <Button onClick={() => setOpen(true)}>{t.grants.declareVendor}</Button>
                </div>
              ))}
          </div>
        )}
      </Await>
    </Section>
  )
}
