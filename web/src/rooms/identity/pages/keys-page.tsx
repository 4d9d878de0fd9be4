import type { ApiKey } from '@tiaoli/contract/identity'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate, formatMoment } from '../../../kit/formats.ts'
import { MakeKey } from '../../../kit/make-key.tsx'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useApiKeys, useRevokeApiKey } from '../identity.queries.ts'

export default function KeysPage() {
  const { t } = useDeskText()
  const pages = useApiKeys()
  const revoke = useRevokeApiKey()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.desk.keys} lead={t.keys.lead}>
      <Section title={t.keys.make}>
        <MakeKey />
      </Section>
      <Section title={t.keys.mine}>
        {revoke.error && <Failure error={revoke.error} />}
        <Await reading={reading}>
          {(read) => {
            const keys = read.flatMap((page) => page.items)
            if (keys.length === 0) return <Empty title={t.keys.empty} />
            return (
              <div className="stack">
                <Table
                  caption={t.keys.mine}
                  rows={keys}
                  rowKey={(key) => key.id}
                  columns={[
                    { key: 'name', title: t.keys.name, cell: (key) => key.name },
                    { key: 'prefix', title: t.keys.prefix, cell: (key) => <code>{key.prefix}…</code> },
                    {
                      key: 'entry',
                      title: t.keys.boundTo,
                      cell: (key) =>
                        key.entryTitle ??
                        key.entries?.map(({ title }) => title).join(t.common.listSeparator) ??
                        t.keys.unbound,
                    },
                    {
                      key: 'used',
                      title: t.keys.lastUsed,
                      cell: (key) => (key.lastUsedAt ? formatMoment(key.lastUsedAt) : t.keys.never),
                    },
                    { key: 'standing', title: t.keys.standing, cell: standing },
                    { key: 'revoke', title: t.keys.acts, cell: revokeButton },
                  ]}
                />
                <More {...pages} />
              </div>
            )
          }}
        </Await>
      </Section>
    </Page>
  )

  function standing(key: ApiKey): string {
    if (key.revokedAt) return t.grants.revokedOn(formatDate(key.revokedAt))
    return key.expiresAt ? t.keys.until(formatDate(key.expiresAt)) : t.keys.valid
  }

  function revokeButton(key: ApiKey) {
    if (key.revokedAt) return null
    return (
      <Button
        small
        danger
        aria-label={t.keys.revokeNamed(key.name)}
        onClick={() => {
          if (window.confirm(t.keys.confirmRevoke(key.name))) revoke.mutate({ params: { keyId: key.id } })
        }}
      >
        {t.keys.revoke}
      </Button>
    )
  }
}
