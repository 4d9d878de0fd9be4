import type { AgreementTaskView } from '@tiaoli/contract/agreements'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { question } from '../../../kit/questions.ts'
import { Table } from '../../../kit/table.tsx'
import { opening as en } from '../../../text/en/opening.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/opening.ts'
import { useFileTask } from '../opening.queries.ts'

/** What is owed under agreements; whoever owes it files it here. */
export function TasksTable({
  tasks,
  withAgreement = false,
}: {
  tasks: readonly AgreementTaskView[]
  withAgreement?: boolean
}) {
  const { t } = usePortalText()
  const [chosen, choose] = useState<string | null>(null)
  const task = tasks.find(({ id, asks }) => id === chosen && asks.length > 0)
  return (
    <div className="stack">
      <Table
        caption={t.agreements.tasks}
        rows={tasks}
        rowKey={({ id }) => id}
        columns={[
          ...(withAgreement
            ? [
                {
                  key: 'agreement',
                  title: t.agreements.number,
                  cell: ({ agreement }: AgreementTaskView) => (
                    <Link to={`/desk/agreements/${agreement.id}`}>{agreement.number}</Link>
                  ),
                },
                {
                  key: 'entry',
                  title: t.agreements.entry,
                  cell: ({ agreement }: AgreementTaskView) => agreement.entryTitle,
                },
              ]
            : []),
          {
            key: 'kind',
            title: t.agreements.kind,
            cell: (task) => (
              <>
                {t.agreements.kinds[task.kind]} {task.article && <ArticleChip article={task.article} />}
                <span className="quiet small"> {task.subject}</span>
                {task.content.map(({ key, text }) => (
                  <p key={key} className="small pre-line">
                    {text}
                  </p>
                ))}
              </>
            ),
          },
          { key: 'due', title: t.agreements.dueOn, width: 'unbroken', cell: ({ dueOn }) => dueOn },
          { key: 'state', title: t.agreements.state, width: 'unbroken', cell: stateOf },
          {
            key: 'file',
            title: t.agreements.file,
            cell: ({ id, asks, kind, subject }) =>
              asks.length > 0 && (
                <Button
                  small
                  aria-label={t.agreements.fileNamed(t.agreements.kinds[kind], subject)}
                  onClick={() => choose(id)}
                >
                  {t.agreements.file}
                </Button>
              ),
          },
        ]}
      />
      {task && <FileTask key={task.id} task={task} onDone={() => choose(null)} />}
    </div>
  )

  function stateOf({ kind, missed, filedAt }: AgreementTaskView) {
    if (filedAt)
      return missed ? t.agreements.filedLate(formatDate(filedAt)) : t.agreements.filedOn(formatDate(filedAt))
    if (missed) return <strong>{t.agreements.overdue}</strong>
    return kind === 'measure' ? t.agreements.notConfirmed : t.agreements.waiting
  }
}

function FileTask({ task, onDone }: { task: AgreementTaskView; onDone: () => void }) {
  const { t } = usePortalText()
  const file = useFileTask()
  const name = t.agreements.fileNamed(t.agreements.kinds[task.kind], task.subject)
  const titleOf = (key: string) => {
    const asked = key as keyof typeof zh.agreements.asks
    return text(zh.agreements.asks[asked], en.agreements.asks[asked])
  }
  return (
    <ActForm
      name={name}
      fields={task.asks.map(({ key, optional }) => question(key, titleOf(key), { required: !optional }))}
      choosable={[]}
      draftKey={`task.${task.id}`}
      submitLabel={t.agreements.file}
      follows={<p>{name}</p>}
      onCancel={onDone}
      onSubmit={async (content) => {
        await file.mutateAsync({
          params: { taskId: task.id },
          body: { content: content as Record<string, string> },
        })
        onDone()
      }}
    />
  )
}
