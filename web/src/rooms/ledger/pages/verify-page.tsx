import { CodeTabs } from '../../../kit/code-tabs.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatNumber } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAttestation, useCheckpoint } from '../ledger.queries.ts'
import { Attested } from '../parts/attested.tsx'
import { readCheckpoint } from '../read-checkpoint.ts'
import styles from './verify-page.module.css'

export default function VerifyPage() {
  const { t, language } = usePortalText()
  const origin = window.location.origin
  return (
    <Page title={t.verify.title} lead={t.verify.lead}>
      <Section title={t.verify.what}>
        <div className="stack measure">
          {t.verify.explained.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </Section>
      <Section title={t.verify.how}>
        <div className="stack">
          <p className="measure">{t.verify.howExplained}</p>
          <CodeTabs
            label={t.verify.how}
            examples={[
              {
                name: t.verify.receipt,
                code: `curl -o ledger.key ${origin}/ledger/key
npm run tiaoli -- verify receipt receipt-….json --key ledger.key`,
              },
              {
                name: t.verify.wholeLog,
                code: `curl -o ledger.key ${origin}/ledger/key
npm run tiaoli -- verify log ${origin} --key ledger.key`,
              },
              {
                name: t.verify.sinceThen,
                code: `curl -o ledger.key ${origin}/ledger/key
npm run tiaoli -- verify consistency old-checkpoint.txt ${origin} --key ledger.key`,
              },
              {
                name: t.verify.everyDay,
                code: `curl -o index.key ${origin}/ledger/index/key
npm run tiaoli -- verify index ${origin} --key index.key --full`,
              },
              {
                name: t.verify.withWitness,
                code: `curl -o ledger.key ${origin}/ledger/key
npm run tiaoli -- verify log ${origin} --key ledger.key --witness witness.key`,
              },
            ]}
          />
        </div>
      </Section>
      <Section title={t.verify.logs} note={t.verify.logsHelp}>
        <Await reading={useAttestation()}>{(attestation) => <Attested {...attestation} />}</Await>
      </Section>
      <Section title={t.verify.checkpoint} note={t.verify.checkpointHelp}>
        <Await reading={useCheckpoint()}>
          {({ checkpoint, key }) => {
            const read = readCheckpoint(checkpoint)
            return (
              <div className="stack">
                {read && (
                  <Facts
                    facts={[
                      [t.verify.origin, read.origin],
                      [t.verify.size, formatNumber(read.size, language)],
                      [t.verify.root, <code key="root">{read.root}</code>],
                      [t.verify.key, <code key="key">{key}</code>],
                    ]}
                  />
                )}
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
                <pre className={styles.note} tabIndex={0}>
                  {checkpoint}
                </pre>
                <div>
                  <CopyButton value={checkpoint} label={t.verify.copyCheckpoint} />
                </div>
              </div>
            )
          }}
        </Await>
      </Section>
    </Page>
  )
}
