import type { ResultView } from '@tiaoli/contract/results'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { question } from '../../../kit/questions.ts'
import { opening as en } from '../../../text/en/opening.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/opening.ts'
import { entryIdsIn } from '../entry-address.ts'
import { useRegisterResult } from '../opening.queries.ts'

const word = (
  key: 'name' | 'kind' | 'summary' | 'url' | 'naming' | 'namingHelp' | 'sources' | 'sourcesHelp',
) => text(zh.results[key], en.results[key])

/** Registers a result with the entries that it used. */
export function RegisterResult({ kinds }: { kinds: readonly ResultView['kind'][] }) {
  const { t } = usePortalText()
  const register = useRegisterResult()
  const [done, setDone] = useState(0)
  return (
    <div className="stack">
      {done > 0 && <p role="status">{t.results.registered}</p>}
      <ActForm
        key={done}
        name={t.results.register}
        fields={[
          question('title', word('name'), { maxLength: 200 }),
          question('kind', word('kind'), { kind: 'choice', choices: [...kinds] }),
          question('summary', word('summary'), { required: false }),
          question('url', word('url'), { required: false, maxLength: 200 }),
          question('entryIds', word('sources'), { help: word('sourcesHelp') }),
          question('naming', word('naming'), { help: word('namingHelp') }),
        ]}
        choosable={[]}
        draftKey="result"
        submitLabel={t.results.submit}
        onSubmit={async ({ title, kind, summary, url, entryIds, naming }) => {
          await register.mutateAsync({
            body: {
              title: String(title),
              kind: String(kind),
              summary: String(summary ?? ''),
              ...(url ? { url: String(url) } : {}),
              naming: String(naming),
              entryIds: entryIdsIn(String(entryIds)),
            },
          })
          setDone(done + 1)
        }}
      />
    </div>
  )
}
