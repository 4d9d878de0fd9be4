import { urlOf } from '@tiaoli/contract/client'
import { downloadRows } from '@tiaoli/contract/gateway'
import { useState } from 'react'
import { Link } from 'react-router'
import { usePortalText } from '../../text/use-text.ts'
import type { Use } from './use.types.ts'

/** The same file with a proof: its code is shown, as it comes with the answer and not within the file. */
export function ProvenDownload(props: { entryId: string; use: Use; where: readonly string[] }) {
  const { t } = usePortalText()
  const [code, setCode] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  const { entryId, use, where } = props

  async function take() {
    setFailed(false)
    const query = { ...use, where, format: 'csv', proof: 'true' }
    const answer = await fetch(urlOf(downloadRows, { entryId }, query), { credentials: 'same-origin' })
    if (!answer.ok) return setFailed(true)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await answer.blob())
    link.download = `${entryId}.csv`
    link.click()
    URL.revokeObjectURL(link.href)
    setCode(answer.headers.get('tiaoli-proof'))
  }

  return (
    <>
      <button type="button" className="link" onClick={() => void take().catch(() => setFailed(true))}>
        {t.proof.download}
      </button>
      {failed && <span role="alert">{t.common.noConnection}</span>}
      {code && (
        <span role="status">
          {t.proof.downloaded}
          <Link to={`/proof?code=${code}`}>
            <code>{code}</code>
          </Link>
        </span>
      )}
    </>
  )
}
