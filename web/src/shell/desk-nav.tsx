import type { User } from '@tiaoli/contract/identity'
import { NavLink } from 'react-router'
import { useCommitmentText } from '../kit/commitment/commitment.queries.ts'
import { useRulebook } from '../kit/rulebook.ts'
import { useDeskText } from '../text/use-text.ts'
import styles from './desk-shell.module.css'

type Place = readonly [shown: unknown, to: string, title: string]

/** The places of the desk, by what one comes for. What the city's regulation or one's part does not know is not there. */
export function DeskNav({ user, inbox }: { user: User; inbox: number }) {
  const { t, say } = useDeskText()
  const { data: rulebook } = useRulebook()
  const { data: commitment } = useCommitmentText()
  const member = user.organisation !== null
  const steward = user.powers.includes('steward')
  const officer = user.powers.includes('officer')
  const admin = user.powers.includes('admin')
  const cityAdmin = admin && user.authority === 'city'
  const groups: readonly (readonly [title: string, places: readonly Place[]])[] = [
    [
      t.shell.deskGroups.cases,
      [
        [true, '/desk/requests', t.desk.requests],
        [member && rulebook?.matching, '/desk/supply', rulebook?.matching ? say(rulebook.matching.term) : ''],
        [true, '/desk/grants', t.desk.grants],
        [rulebook?.opening.agreement, '/desk/agreements', t.agreements.short],
        [commitment?.offered, '/desk/commitment', t.commitment.title],
        [true, '/desk/keys', t.desk.keys],
        [true, '/desk/account', t.account.title],
        [true, '/desk/notices', t.desk.notices],
        [true, '/desk/subscriptions', t.subscriptions.title],
        [true, '/desk/arrangements', t.arrangements.title],
      ],
    ],
    [
      t.shell.deskGroups.catalogue,
      [
        [steward || officer, '/desk/entries', t.desk.entries],
        [steward, '/desk/bulk-edits', t.bulkEdits.title],
        [member, '/desk/compilation', t.compilation.nav],
        [member, '/desk/collection', t.collection.nav],
        [member && rulebook?.assurance.filing, '/desk/filings', t.filings.title],
        [member && rulebook?.opening.lists, '/desk/opening-lists', t.lists.compose],
        [member && rulebook?.opening.reassessment, '/desk/reassessments', t.reassess.title],
        [member && rulebook?.assurance.certificates, '/desk/certificates', t.certificates.title],
      ],
    ],
    [
      t.shell.deskGroups.data,
      [
        [steward, '/desk/batches', t.desk.batches],
        [member && rulebook?.tasks, '/desk/aggregation', t.tasks.title],
        [member && rulebook?.connections, '/desk/source-systems', t.sources.title],
        [steward || admin, '/desk/harvest-sources', t.harvesting.title],
        [member && (steward || officer), '/desk/trace', t.trace.title],
      ],
    ],
    [
      t.shell.deskGroups.oversight,
      [
        [member, '/desk/figures', t.figures.title],
        [member, '/desk/duties', t.duties.title],
        [officer, '/desk/targets', t.targets.title],
        [officer, '/desk/calendar', t.calendar.title],
        [cityAdmin, '/desk/search-vocabulary', t.vocabulary.title],
        [true, '/desk/records', t.desk.records],
        [admin, '/desk/people', t.people.title],
        [cityAdmin, '/desk/registration-contests', t.contests.deskTitle],
        [admin, '/desk/sign-in-setting', t.signInSetting.title],
        [admin || user.powers.includes('supervisor'), '/desk/account-events', t.people.audit],
        [
          !member && rulebook?.assurance.subjects,
          '/desk/about-me',
          rulebook?.assurance.subjects ? say(rulebook.assurance.subjects.term) : '',
        ],
      ],
    ],
  ]
  return (
    <nav aria-label={t.shell.deskNavigation} className={`${styles.side} no-print`}>
      <NavLink to="/desk" end>
        {t.desk.inbox} <span className={styles.count}>{inbox > 0 ? inbox : ''}</span>
      </NavLink>
      {groups.map(([title, places]) => {
        const shown = places.filter(([offered]) => offered)
        return (
          shown.length > 0 && (
            <section key={title} aria-label={title}>
              <h2 className={styles.group}>{title}</h2>
              {shown.map(([, to, name]) => (
                <NavLink key={to} to={to}>
                  {name}
                </NavLink>
              ))}
            </section>
          )
        )
      })}
    </nav>
  )
}
