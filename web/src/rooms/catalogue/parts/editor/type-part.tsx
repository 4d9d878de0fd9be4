import type { AccessType } from '@tiaoli/contract/rulebook'
import { BasisControl } from '../../../../kit/act-form/basis-control.tsx'
import { ArticleChip } from '../../../../kit/article-chip.tsx'
import { AskedLines } from '../../../../kit/asked-line.tsx'
import { FieldGroup } from '../../../../kit/field.tsx'
import { useRulebook } from '../../../../kit/rulebook.ts'
import { TypeSource } from '../../../../kit/type-source.tsx'
import { useDeskText } from '../../../../text/use-text.ts'
import type { PartProps } from './draft.ts'
import styles from './editor.module.css'

type Props = PartProps & { side: 'sharing' | 'opening'; types: readonly AccessType[] }

/** The choice of a type in the city's words; what the chosen type demands is asked right below it. */
export function TypePart({ draft, change, side, types }: Props) {
  const { t, say } = useDeskText()
  const { data: rulebook } = useRulebook()
  const typing = draft[side]
  const chosen = types.find(({ key }) => key === typing.type)
  const untyped = rulebook?.catalogue.untyped[side]
  const set = (part: Partial<typeof typing>) => change({ [side]: { ...typing, ...part } })
  return (
    <div className={styles.part}>
      <FieldGroup id={side} label={t.entry[side]}>
        <div className={styles.types}>
          {untyped && (
            <label>
              <input
                type="radio"
                name={side}
                checked={typing.type === ''}
                onChange={() => set({ type: '' })}
              />
              <strong>{say(untyped)}</strong>
            </label>
          )}
          {types.map((type) => (
            <label key={type.key}>
              <input
                type="radio"
                name={side}
                checked={type.key === typing.type}
                onChange={() => set({ type: type.key })}
              />
              <span>
                <strong>{say(type.term)}</strong> <TypeSource type={type} />
                <br />
                <span className="quiet">{say(type.summary)}</span>
              </span>
            </label>
          ))}
        </div>
      </FieldGroup>
      {chosen?.demandsConditions && (
        <AskedLines
          id={`${side}-conditions`}
          label={side === 'sharing' ? t.entry.sharingConditions : t.entry.openingConditions}
          help={t.editor.conditionsHelp}
          chip={<ArticleChip article={chosen.demandsConditions.article} />}
          maxLength={2000}
          rows={2}
          value={typing.conditions}
          onChange={(value) => set({ conditions: value })}
        />
      )}
      {chosen?.demandsReasons && (
        <AskedLines
          id={`${side}-reasons`}
          label={t.entry.typeReasons}
          chip={<ArticleChip article={chosen.demandsReasons.article} />}
          maxLength={2000}
          rows={2}
          value={typing.reasons ?? ''}
          onChange={(value) => set({ reasons: value })}
        />
      )}
      {chosen?.demandsBasis && (
        <FieldGroup
          id={`${side}-basis`}
          label={side === 'sharing' ? t.entry.sharingBasis : t.entry.openingBasis}
          help={t.editor.basisHelp}
          chip={<ArticleChip article={chosen.demandsBasis.article} />}
        >
          <BasisControl
            id={`${side}-basis`}
            ranks={admitted(chosen.demandsBasis.ranks)}
            value={typing.basis ?? undefined}
            onChange={(basis) => set({ basis })}
          />
        </FieldGroup>
      )}
    </div>
  )

  /** An empty list of ranks admits every rank of the rulebook. */
  function admitted(ranks: readonly string[]) {
    const all = rulebook?.catalogue.basisRanks ?? []
    return ranks.length === 0 ? all : all.filter(({ key }) => ranks.includes(key))
  }
}
