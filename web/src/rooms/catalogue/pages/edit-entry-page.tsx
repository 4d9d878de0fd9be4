import type { Entry } from '@tiaoli/contract/catalogue'
import { Link, useParams } from 'react-router'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await, Empty, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useEntry } from '../catalogue.queries.ts'
import { BasicsPart } from '../parts/editor/basics-part.tsx'
import { FieldsPart } from '../parts/editor/fields-part.tsx'
import { ManagementPart } from '../parts/editor/management-part.tsx'
import { StatementsPart } from '../parts/editor/statements-part.tsx'
import { TypePart } from '../parts/editor/type-part.tsx'
import { useEntryDraft } from '../parts/editor/use-entry-draft.ts'

export default function EditEntryPage() {
  const { entryId = '' } = useParams()
  return (
    <Await reading={useEntry(entryId)} lines={12}>
      {(entry) => (entry.editable ? <Editor key={entry.id} entry={entry} /> : <NotEditable entry={entry} />)}
    </Await>
  )
}

/** Why the entry is not to be changed now, and what would have to happen first. */
function NotEditable({ entry }: { entry: Entry }) {
  const { t, say } = useDeskText()
  const found = entry.catalogueCase
  return (
    <Page title={entry.title}>
      <Empty
        title={t.editor.notEditable}
        next={<Link to={`/entries/${entry.id}`}>{t.apply.backToEntry}</Link>}
      >
        {!found || found.waitsForMe || (found.outcome === null && found.waitsFor.length === 0) ? (
          t.editor.whyNotEditable(say(entry.provider.name))
        ) : (
          <>
            {t.editor.whyFixed(say(found.state.title))}
            {found.outcome === null ? t.editor.whenReturned : t.editor.whenClosed}
          </>
        )}
      </Empty>
    </Page>
  )
}

function Editor({ entry }: { entry: Entry }) {
  const { t } = useDeskText()
  const { data: rulebook } = useRulebook()
  const { draft, change, saving, failure, flush } = useEntryDraft(entry)

  /** Everything is kept before the entry is looked at; where that fails, the reader is shown why. */
  async function leave(): Promise<boolean> {
    const kept = await flush()
    if (!kept) window.scrollTo(0, 0)
    return kept
  }

  const part = { draft, change }
  return (
    <Page
      title={t.editor.editing(draft.title || entry.title)}
      above={<Link to={`/entries/${entry.id}`}>{t.apply.backToEntry}</Link>}
      lead={t.editor.lead}
    >
      <p role="status" className="quiet" data-testid="save-state">
        {t.editor.saving[saving]}
      </p>
      {failure && <Failure error={failure} />}
      <Section title={t.editor.basics}>
        <BasicsPart {...part} />
      </Section>
      <Section title={t.entry.fields} id="fields" note={t.editor.fieldsHelp}>
        <FieldsPart {...part} />
      </Section>
      {rulebook && (
        <>
          <Section title={t.editor.sharing} note={t.editor.sharingHelp}>
            <TypePart {...part} side="sharing" types={rulebook.catalogue.sharingTypes} />
          </Section>
          <Section title={t.editor.opening} note={t.editor.openingHelp}>
            <TypePart {...part} side="opening" types={rulebook.catalogue.openingTypes} />
          </Section>
        </>
      )}
      <Section title={t.editor.management}>
        <ManagementPart {...part} />
      </Section>
      <Section title={t.compilation.statements}>
        <StatementsPart {...part} />
      </Section>
      <Section title={t.editor.next}>
        <div className="stack">
          <p>{t.editor.nextExplained}</p>
          <div>
            <LinkButton primary to={`/entries/${entry.id}`} first={leave}>
              {t.editor.toEntry}
            </LinkButton>
          </div>
        </div>
      </Section>
    </Page>
  )
}
