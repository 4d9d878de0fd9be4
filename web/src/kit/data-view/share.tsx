import type { Entry } from '@tiaoli/contract/catalogue'
import { useId, useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { Button } from '../controls/button.tsx'
import { CopyButton } from '../copy.tsx'
import { formatDate, formatMoment } from '../formats.ts'
import { type DataState, stateSearch } from './data-state.ts'
import styles from './data-view.module.css'
import { conditionWords } from './filters.tsx'
import type { PictureHolder } from './picture/picture.types.ts'
import { savePicture } from './picture/save.ts'

type Props = {
  entry: Entry
  state: DataState
  /** Whether everybody may see it, so that it can be embedded anywhere. */
  open: boolean
  picture: PictureHolder
}

/** The view to take along: its address, the code that embeds it, and its picture with title, source and date. */
export function Share({ entry, state, open, picture }: Props) {
  const { t, say, language } = usePortalText()
  const id = useId()
  const search = stateSearch(state, language)
  const link = `${window.location.origin}/entries/${entry.id}?${search}#data`
  const source = `${window.location.origin}/embed/entries/${entry.id}?${search}`
  const code = `<iframe src="${attribute(source)}" title="${attribute(t.looking.embedded(entry.title))}" width="100%" height="560" style="border:0" loading="lazy"></iframe>`
  return (
    <details className="no-print" data-testid="share">
      <summary className={styles.summary}>{t.looking.share}</summary>
      <div className={styles.taken}>
        <Taken id={`${id}-link`} label={t.looking.link} value={link} copy={t.looking.copyLink} />
        {open && (
          <>
            <Taken id={`${id}-code`} label={t.looking.embed} value={code} copy={t.looking.copyEmbed} />
            <p className="quiet small">{t.looking.embedHelp}</p>
          </>
        )}
        {state.view !== 'table' && <Pictures {...{ entry, state, picture, source: say(entry.citation) }} />}
      </div>
    </details>
  )
}

function Taken(props: { id: string; label: string; value: string; copy: string }) {
  return (
    <div className="stack" style={{ '--gap': '4px' } as React.CSSProperties}>
      <label htmlFor={props.id}>{props.label}</label>
      <input id={props.id} readOnly value={props.value} onFocus={(event) => event.target.select()} />
      <div>
        <CopyButton value={props.value} label={props.copy} />
      </div>
    </div>
  )
}

function Pictures(props: { entry: Entry; state: DataState; picture: PictureHolder; source: string }) {
  const { t } = usePortalText()
  const [failed, setFailed] = useState(false)
  const { entry, state, picture, source } = props

  async function take(format: 'png' | 'svg') {
    setFailed(false)
    const drawing = await picture.current?.()
    if (!drawing) return setFailed(true)
    const style = getComputedStyle(document.documentElement)
    const read = (token: string) => style.getPropertyValue(token).trim()
    const conditions = state.where.map((one) => conditionWords(one, t)).join(t.common.listSeparator)
    const notes: string[] = [
      ...(conditions === '' ? [] : [t.looking.conditions(conditions)]),
      source,
      ...drawnOn(),
      `${window.location.origin}/entries/${entry.id}`,
    ]
    await savePicture(
      {
        drawing,
        title: entry.title,
        notes,
        colours: { paper: read('--paper'), ink: read('--ink'), quiet: read('--ink-quiet') },
        font: read('--sans'),
      },
      format,
      entry.title,
    )
  }

  function drawnOn(): string[] {
    if (entry.snapshot === null) return []
    const { number, liveAt } = entry.snapshot
    return [t.looking.drawnOn(number, formatMoment(liveAt), formatDate(new Date().toISOString()))]
  }

  const button = (format: 'png' | 'svg', label: string) => (
    <Button small onClick={() => void take(format).catch(() => setFailed(true))}>
      {label}
    </Button>
  )
  return (
    <div className="stack" style={{ '--gap': '4px' } as React.CSSProperties}>
      <span>{t.looking.image}</span>
      <div className="row">
        {button('png', t.looking.asPng)}
        {state.view === 'plot' && button('svg', t.looking.asSvg)}
      </div>
      <p className="quiet small">{t.looking.imageHelp}</p>
      {failed && <p role="alert">{t.looking.imageFailed}</p>}
    </div>
  )
}

const attribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
