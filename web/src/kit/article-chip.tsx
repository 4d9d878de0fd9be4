import { useEffect, useId, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import styles from './article-chip.module.css'
import { articleLabel, articleNumber, articleOf } from './article-label.ts'
import { useToSpare } from './near.tsx'
import { useArticles, useRulebook } from './rulebook.ts'

const cardWidth = 340

/** 〔渝 26〕: pointing at it shows our summary of the article, following it opens the law page. */
export function ArticleChip({ article }: { article: string }) {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const toSpare = useToSpare()
  const { data: articles } = useArticles(toSpare || anchor !== null)
  const card = useRef<HTMLSpanElement>(null)
  const cardId = useId()
  const summary = articles?.items.find((item) => String(item.number) === articleNumber(article))

  /** The card lives in the top layer, so that no table or panel cuts it off. It comes once there is something in it. */
  useEffect(() => {
    const element = card.current
    if (anchor === null || element === null || summary === undefined) return
    const box = anchor.getBoundingClientRect()
    const width = Math.min(cardWidth, window.innerWidth - 16)
    element.style.width = `${width}px`
    element.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`
    element.showPopover()
    const below = box.bottom + 6
    const fits = below + element.offsetHeight < window.innerHeight
    element.style.top = `${fits ? below : Math.max(8, box.top - element.offsetHeight - 6)}px`
    return () => element.hidePopover()
  }, [anchor, summary])
  const close = () => setAnchor(null)

  return (
    <span className={styles.holder}>
      <Link
        className={styles.chip}
        to={`/law/${encodeURIComponent(articleOf(article))}`}
        aria-describedby={cardId}
        onMouseEnter={(event) => setAnchor(event.currentTarget)}
        onMouseLeave={close}
        onFocus={(event) => setAnchor(event.currentTarget)}
        onBlur={close}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        〔{articleLabel(rulebook ? say(rulebook.chip) : '', article)}〕
        <span className="visually-hidden">
          {t.law.articleName(rulebook ? say(rulebook.regulation) : '', articleNumber(article))}
        </span>
      </Link>
      <span ref={card} id={cardId} role="tooltip" popover="manual" className={styles.card}>
        {summary && (
          <>
            <strong>
              {t.law.articleShort(articleNumber(article))} {say(summary.title)}
            </strong>
            <span>{say(summary.summary)}</span>
            <span className="quiet small">{t.law.ourSummary}</span>
          </>
        )}
      </span>
    </span>
  )
}
