import { urlOf } from '@tiaoli/contract/client'
import { getReceipt } from '@tiaoli/contract/ledger'
import { useText } from '../text/use-text.ts'

/** The receipt of a record, as a file that anybody can check with the public verifier. */
export function ReceiptLink({ recordId }: { recordId: string }) {
  const { t } = useText()
  return (
    <a
      className="small no-print"
      href={urlOf(getReceipt, { recordId })}
      download={`receipt-${recordId}.json`}
      title={recordId}
    >
      {t.common.receipt}
    </a>
  )
}
