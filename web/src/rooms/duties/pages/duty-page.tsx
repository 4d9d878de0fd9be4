import type { Duty } from '@tiaoli/contract/duties'
import { Link, useParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useDuty } from '../duties.queries.ts'
import { DutyStateWord } from '../parts/duty-state.tsx'
import { EvidencePart } from '../parts/evidence-part.tsx'
import { OwnersPart } from '../parts/owners-part.tsx'
import { TargetPart } from '../parts/target-part.tsx'

export default function DutyPage() {
  const { obligation = '' } = useParams()
  return (
    <Await reading={useDuty(obligation)} lines={10}>
      {(duty) => <Found duty={duty} />}
    </Await>
  )
}

function Found({ duty }: { duty: Duty }) {
  const { t, say } = usePortalText()
  return (
    <Page
      title={say(duty.title)}
      above={<Link to="/desk/duties">{t.duties.title}</Link>}
      lead={<DutyStateWord state={duty.state} />}
      actions={<ArticleChip article={duty.id} />}
    >
      <Section title={t.duties.orders} note={<code>{duty.id}</code>}>
        <div className="stack">
          <p>{say(duty.obligation)}</p>
          <Facts
            facts={[
              [t.duties.bearers, duty.bearers.map(say).join(t.common.listSeparator)],
              [t.duties.wanted, duty.evidenceWanted],
            ]}
          />
          {duty.cadence && <p className="quiet">{t.duties.cadence(say(duty.cadence))}</p>}
          {duty.modality !== 'order' && <p>{t.duties.free(t.register.modalities[duty.modality])}</p>}
        </div>
      </Section>
      <OwnersPart duty={duty} />
      <TargetPart duty={duty} />
      <EvidencePart duty={duty} />
      <Section title={t.duties.history}>
        {duty.history.length === 0 ? (
          <p className="quiet">{t.duties.noHistory}</p>
        ) : (
          <Table
            caption={t.duties.history}
            rows={duty.history}
            rowKey={(event) => event.recordId}
            columns={[
              { key: 'at', title: t.duties.at, width: 'unbroken', cell: (event) => formatMoment(event.at) },
              { key: 'act', title: t.records.what, cell: (event) => t.duties.acts[event.act] },
              { key: 'by', title: t.records.actor, cell: (event) => event.by },
              { key: 'note', title: t.duties.note, width: 'roomy', cell: (event) => event.note },
              {
                key: 'receipt',
                title: t.common.receipts,
                width: 'unbroken',
                cell: (event) => <ReceiptLink recordId={event.recordId} />,
              },
            ]}
          />
        )}
      </Section>
    </Page>
  )
}
