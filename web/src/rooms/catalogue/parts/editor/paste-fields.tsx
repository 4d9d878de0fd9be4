import type { EntryField } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import { AskedLines } from '../../../../kit/asked-line.tsx'
import { Button } from '../../../../kit/controls/button.tsx'
import { en } from '../../../../text/en.ts'
import { useDeskText } from '../../../../text/use-text.ts'
import { zh } from '../../../../text/zh.ts'
import { parseFields } from './parse-fields.ts'

/** Takes fields from a sheet: one line each, name, type, meaning and sensitivity separated by tabs or commas. */
export function PasteFields({ onPaste }: { onPaste: (fields: EntryField[]) => void }) {
  const { t } = useDeskText()
  const [text, setText] = useState('')
  const parsed = parseFields(text, [zh, en])
  return (
    <details>
      <summary>{t.editor.paste}</summary>
      <div className="stack" style={{ '--gap': '10px', marginTop: 8 } as React.CSSProperties}>
        <AskedLines
          id="paste-fields"
          label={t.editor.pasteHere}
          help={t.editor.pasteHelp}
          rows={4}
          value={text}
          onChange={setText}
        />
        <div>
          <Button
            disabled={parsed.length === 0}
            onClick={() => {
              onPaste(parsed)
              setText('')
            }}
          >
            {t.editor.pasteAdd(parsed.length)}
          </Button>
        </div>
      </div>
    </details>
  )
}
