import {
  type CertificateCheck,
  checkCertificate,
  listCertificateChecks,
  settleCertificate,
} from '@tiaoli/contract/certificates'
import { ProblemError } from '@tiaoli/contract/client'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, usePages } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { Checkbox } from '../../../kit/controls/checkbox.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** An electronic document that was handed in: checked, accepted, or refused with the reason. */
export default function CertificatesPage() {
  const { t } = useDeskText()
  return (
    <Page title={t.certificates.title} lead={t.certificates.lead}>
      <Section title={t.certificates.check}>
        <Check />
      </Section>
      <Section title={t.certificates.list}>
        <Checks />
      </Section>
    </Page>
  )
}

const idIn = (text: string): string => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0] ?? text

function Check() {
  const { t } = useDeskText()
  const check = useAct(checkCertificate)
  const [register, setRegister] = useState('')
  const [number, setNumber] = useState('')
  return (
    <div className="stack">
      <Input
        aria-label={t.certificates.register}
        placeholder={t.certificates.register}
        value={register}
        onChange={(event) => setRegister(event.target.value)}
      />
      <Input
        aria-label={t.certificates.number}
        placeholder={t.certificates.number}
        maxLength={200}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <div>
        <Button
          primary
          disabled={register.trim() === '' || number.trim() === ''}
          busy={check.isPending}
          onClick={() => check.mutate({ body: { entryId: idIn(register), key: number } })}
        >
          {t.certificates.check}
        </Button>
      </div>
      {check.error instanceof ProblemError && <ProblemView problem={check.error.problem} />}
    </div>
  )
}

function Checks() {
  const { t, say } = useDeskText()
  const [refused, setRefused] = useState(false)
  const pages = usePages(listCertificateChecks, { query: refused ? { refused: 'true' } : {} })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <div className="stack">
      <Checkbox checked={refused} onChange={(event) => setRefused(event.target.checked)}>
        {t.certificates.onlyRefused}
      </Checkbox>
      <Await reading={reading} lines={4}>
        {(read) => {
          const rows = read.flatMap((page) => page.items)
          if (rows.length === 0) return <Empty title={t.certificates.none} />
          return (
            <div className="stack">
              <Table
                caption={t.certificates.list}
                rows={rows}
                rowKey={(each) => each.id}
                columns={[
                  {
                    key: 'at',
                    title: t.certificates.at,
                    width: 'unbroken',
                    cell: (each) => (
                      <>
                        {formatMoment(each.checkedAt)}
                        <br />
                        <Link to={`/entries/${each.entry.id}`}>{each.entry.title}</Link>
                      </>
                    ),
                  },
                  {
                    key: 'by',
                    title: t.certificates.by,
                    cell: (each) => each.organisation && say(each.organisation.name),
                  },
                  {
                    key: 'result',
                    title: t.certificates.result,
                    width: 'roomy',
                    cell: (each) => <Result check={each} />,
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </div>
  )
}

function Result({ check }: { check: CertificateCheck }) {
  const { t } = useDeskText()
  const settle = useAct(settleCertificate)
  const [reason, setReason] = useState('')
  const send = (accepted: boolean) =>
    settle.mutate({ params: { checkId: check.id }, body: { accepted, reason } })
  return (
    <div className="stack">
      <span>
        {check.valid ? t.certificates.valid : t.certificates.invalid}
        {check.outcome && ` · ${t.certificates[check.outcome]}`}
        {check.reason && ` · ${check.reason}`}
      </span>
      {check.outcome === null && (
        <div className="row">
          <Button disabled={!check.valid} busy={settle.isPending} onClick={() => send(true)}>
            {t.certificates.accept}
          </Button>
          <Input
            aria-label={t.certificates.reason}
            placeholder={t.certificates.reason}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button danger busy={settle.isPending} onClick={() => send(false)}>
            {t.certificates.refuse}
          </Button>
        </div>
      )}
      {settle.error instanceof ProblemError && <ProblemView problem={settle.error.problem} />}
    </div>
  )
}
