import { listOrganisations } from '@tiaoli/contract/identity'
import { useEffect } from 'react'
import { useText } from '../../text/use-text.ts'
import { usePages } from '../api.ts'
import { Select } from '../field.tsx'

/** Chooses one of the registered organisations; the whole register is read, page by page. */
export function OrganisationControl({
  value,
  onChange,
  ...rest
}: { id: string; value: string; onChange: (id: string) => void } & React.AriaAttributes) {
  const { t, say } = useText()
  const { data, hasNextPage, isFetching, fetchNextPage } = usePages(listOrganisations, {
    query: { limit: 500 },
  })
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const options = (data?.pages ?? []).flatMap(({ items }) =>
    items.map((one) => ({ value: one.id, label: say(one.name) })),
  )
  return <Select {...rest} options={options} value={value} onChange={onChange} placeholder={t.form.choose} />
}
