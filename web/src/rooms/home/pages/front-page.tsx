import { Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { SearchBox } from '../../../kit/search-box.tsx'
import { useTitle } from '../../../kit/use-title.ts'
import { useText } from '../../../text/use-text.ts'
import { Figures } from '../parts/figures.tsx'
import { HowItWorks } from '../parts/how-it-works.tsx'
import { Newest } from '../parts/newest.tsx'
import { PriorityFields } from '../parts/priority-fields.tsx'
import { Themes } from '../parts/themes.tsx'
import styles from './front-page.module.css'

export default function FrontPage() {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  useTitle(rulebook ? t.shell.cityData(say(rulebook.city)) : undefined)
  return (
    <div className={styles.front}>
      <section className={styles.find}>
        <h1>{rulebook ? t.home.title(say(rulebook.city)) : t.home.titlePlain}</h1>
        <SearchBox large />
        <Figures />
      </section>
      {(rulebook?.assurance.priorityFields.length ?? 0) > 0 && (
        <Section title={t.priority.title}>
          <PriorityFields />
        </Section>
      )}
      <Section title={t.home.themes}>
        <Themes />
      </Section>
      <Section title={t.home.newest}>
        <Newest />
      </Section>
      <Section title={t.home.how}>
        <HowItWorks />
      </Section>
    </div>
  )
}
