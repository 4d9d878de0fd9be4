import type { Text } from '@tiaoli/kernel/text'
import { CopyButton } from '../../../kit/copy.tsx'
import { useText } from '../../../text/use-text.ts'

export function Citation({ citation }: { citation: Text }) {
  const { t, say } = useText()
  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
      <blockquote style={{ margin: 0 }} className="measure">
        {say(citation)}
      </blockquote>
      <div>
        <CopyButton value={say(citation)} label={t.entry.copyCitation} />
      </div>
    </div>
  )
}
