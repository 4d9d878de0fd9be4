import { useState } from 'react'
import { AskedLine, AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Field } from '../../../kit/field.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAddCalendarNotice, useLoadCalendarYear } from '../calendar.queries.ts'
import { parseDays } from '../parse-days.ts'

const empty = { year: '', title: '', number: '', publishedOn: '', holidays: '', makeUp: '' }

/** A year as the notice announces it: typed from the paper, with the paper itself as evidence. */
export function LoadYear() {
  const { t } = useDeskText()
  const keep = useAddCalendarNotice()
  const load = useLoadCalendarYear()
  const [answers, setAnswers] = useState(empty)
  const [file, setFile] = useState<File | null>(null)
  const [lacksFile, setLacksFile] = useState(false)
  const holidays = parseDays(answers.holidays)
  const makeUp = parseDays(answers.makeUp)
  const readable = holidays.badLines.length === 0 && makeUp.badLines.length === 0
  const set = (key: keyof typeof empty) => (value: string) => setAnswers({ ...answers, [key]: value })

  async function submit() {
    setLacksFile(file === null)
    if (file === null || !readable) return
    const { id } = await keep.mutateAsync({ query: { filename: file.name }, file })
    const { title, number, publishedOn } = answers
    await load.mutateAsync({
      body: {
        year: Number(answers.year),
        holidays: [...holidays.days],
        makeUpDays: [...makeUp.days],
        notice: { id, title, number, publishedOn },
      },
    })
    setAnswers(empty)
    setFile(null)
  }

  const bad = (lines: readonly number[]) =>
    lines.length > 0 ? { error: t.calendar.badLines(lines.join(', ')) } : {}
  return (
    <form
      className="stack measure"
      aria-label={t.calendar.load}
      onSubmit={(event) => {
        event.preventDefault()
        // What was refused is shown below, from the mutations themselves.
        void submit().catch(() => undefined)
      }}
    >
      <AskedLine
        id="calendar-year"
        label={t.calendar.year}
        required
        inputMode="numeric"
        pattern="\d{4}"
        value={answers.year}
        onChange={set('year')}
      />
      <AskedLine
        id="calendar-title"
        label={t.calendar.noticeTitle}
        required
        minLength={4}
        maxLength={200}
        value={answers.title}
        onChange={set('title')}
      />
      <AskedLine
        id="calendar-number"
        label={t.calendar.noticeNumber}
        required
        minLength={4}
        maxLength={60}
        value={answers.number}
        onChange={set('number')}
      />
      <AskedLine
        id="calendar-published"
        label={t.calendar.publishedOn}
        required
        type="date"
        value={answers.publishedOn}
        onChange={set('publishedOn')}
      />
      <Field
        id="calendar-file"
        label={t.calendar.noticeFile}
        help={t.duties.formats}
        {...(lacksFile ? { error: t.calendar.fileFirst } : {})}
      >
        <ChooseFile id="calendar-file" label={t.calendar.noticeFile} chosen={file?.name} onChoose={setFile} />
      </Field>
      <AskedLines
        id="calendar-holidays"
        label={t.calendar.holidays}
        help={t.calendar.daysHelp}
        {...bad(holidays.badLines)}
        required
        rows={4}
        value={answers.holidays}
        onChange={set('holidays')}
      />
      <AskedLines
        id="calendar-makeup"
        label={t.calendar.makeUpDays}
        optional
        {...bad(makeUp.badLines)}
        rows={3}
        value={answers.makeUp}
        onChange={set('makeUp')}
      />
      <p className="quiet">{t.calendar.follows}</p>
      {keep.error && <Failure error={keep.error} />}
      {load.error && <Failure error={load.error} />}
      <div>
        <Button primary type="submit" busy={keep.isPending || load.isPending}>
          {t.calendar.load}
        </Button>
      </div>
    </form>
  )
}
