import { listSavedReplies } from '@tiaoli/contract/desk'
import { usePortalText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'
import { QuestionContext } from '../controls/question.ts'
import { Select } from '../field.tsx'
import { useSession } from '../session.ts'

/** Fills a reply that the organisation keeps into a text; it is put behind what is there already. */
export function SavedReplies(props: {
  procedure: string
  value: string
  maxLength: number
  onChange: (value: string) => void
}) {
  const { t } = usePortalText()
  const { data: session } = useSession()
  const user = session?.user
  const enabled =
    user?.organisation != null &&
    user.powers.some((power) => ['officer', 'steward', 'requester'].includes(power))
  const { data } = useRoute(listSavedReplies, { query: { procedure: props.procedure } }, { enabled })
  if (!data || data.items.length === 0) return null
  // A choice of its own beside the question: its help and its errors are not about this one.
  return (
    <QuestionContext value={{}}>
      <Select
        small
        aria-label={t.replies.apply}
        placeholder={t.replies.apply}
        value=""
        options={data.items.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={(id) => {
          const reply = data.items.find((each) => each.id === id)
          if (reply)
            props.onChange(
              [props.value.trimEnd(), reply.body].filter(Boolean).join('\n').slice(0, props.maxLength),
            )
        }}
      />
    </QuestionContext>
  )
}
