import { Component, type ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './controls/button.tsx'
import { Empty } from './states.tsx'

/** Where a page breaks, or a part of it is no longer there after an update, the reader can read it anew. */
export class Boundary extends Component<{ at: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  /** Another page is another chance. */
  override componentDidUpdate(before: { at: string }) {
    if (this.state.broken && before.at !== this.props.at) this.setState({ broken: false })
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { t } = useText()
  return (
    <div role="alert">
      <Empty
        title={t.common.broken}
        next={<Button onClick={() => window.location.reload()}>{t.common.retry}</Button>}
      >
        {t.common.brokenWhy}
      </Empty>
    </div>
  )
}
