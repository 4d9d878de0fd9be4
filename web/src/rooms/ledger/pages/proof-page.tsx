import { ProblemError } from '@tiaoli/contract/client'
import { type DeliveryProof, getDeliveryProof } from '@tiaoli/contract/proofs'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { call } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { Field } from '../../../kit/field.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { usePortalText } from '../../../text/use-text.ts'

/** Anyone verifies a delivered file by its code. The digest is computed here, so that the file goes nowhere. */
export default function ProofPage() {
  const { t } = usePortalText()
  const [search] = useSearchParams()
  const [code, setCode] = useState(search.get('code') ?? '')
  const [file, setFile] = useState<File | null>(null)
  const [proof, setProof] = useState<DeliveryProof | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)

  async function verify() {
    setFailure(null)
    setProof(null)
    const query = file === null ? {} : { sha256: await digestOf(file) }
    setProof(await call(getDeliveryProof, { params: { code: code.trim() }, query }))
  }

  return (
    <Page title={t.proof.title} lead={t.proof.lead}>
      <Section title={t.proof.verify}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void verify().catch(setFailure)
          }}
        >
          <AskedLine id="proof-code" label={t.proof.code} maxLength={40} value={code} onChange={setCode} />
          <Field id="proof-file" label={t.proof.file} optional>
            <ChooseFile
              id="proof-file"
              label={t.proof.file}
              chosen={file?.name}
              onChoose={setFile}
              onRemove={() => setFile(null)}
            />
          </Field>
          <div>
            <Button primary type="submit" disabled={code.trim() === ''}>
              {t.proof.verify}
            </Button>
          </div>
        </form>
      </Section>
      {failure instanceof ProblemError && <ProblemView problem={failure.problem} />}
      {failure !== null && !(failure instanceof ProblemError) && <p role="alert">{t.common.noConnection}</p>}
      {proof && <Found proof={proof} />}
    </Page>
  )
}

function Found({ proof }: { proof: DeliveryProof }) {
  const { t, say } = usePortalText()
  const outcome = proof.matches === null ? t.proof.noFile : proof.matches ? t.proof.matches : t.proof.differs
  return (
    <Section title={outcome}>
      <div role="status">
        <Facts
          facts={[
            [
              t.proof.entry,
              <Link key="entry" to={`/entries/${proof.entry.id}`}>
                {proof.entry.title}
              </Link>,
            ],
            [t.proof.source, say(proof.source.name)],
            [t.proof.version, String(proof.version)],
            [t.proof.issuedAt, formatMoment(proof.issuedAt)],
            [t.proof.article, <ArticleChip key="article" article={proof.article} />],
            [t.proof.digest, <code key="digest">{proof.sha256}</code>],
            [
              t.proof.receipt,
              <a key="receipt" href={`/api/v1/records/${proof.recordId}/receipt`}>
                {proof.recordId}
              </a>,
            ],
          ]}
        />
      </div>
    </Section>
  )
}

async function digestOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
