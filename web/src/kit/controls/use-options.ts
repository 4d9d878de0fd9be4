import { useId, useState } from 'react'

/**
 * What a box needs that offers options while somebody types (the combobox of WAI-ARIA): the arrow keys go through the
 * options and back to what was typed, Enter chooses, Escape closes. The box keeps the cursor throughout.
 */
export function useOptions<Item>(items: readonly Item[], onChoose: (item: Item) => void) {
  const list = useId()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const shown = open && items.length > 0
  const chosen = shown ? items[active] : undefined

  function close() {
    setOpen(false)
    setActive(-1)
  }

  function choose(item: Item) {
    close()
    onChoose(item)
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setOpen(true)
      const places = items.length + 1
      // Below the last comes what was typed, and then the first again.
      if (items.length > 0) setActive((now) => ((now + 1 + step + places) % places) - 1)
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      close()
    } else if (event.key === 'Enter' && chosen !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault()
      choose(chosen)
    }
  }

  return {
    open,
    shown,
    close,
    /** To be called with every stroke: what was active is no longer where it was. */
    typed() {
      setActive(-1)
      setOpen(true)
    },
    box: {
      role: 'combobox' as const,
      'aria-expanded': shown,
      'aria-controls': list,
      'aria-autocomplete': 'list' as const,
      'aria-activedescendant': chosen === undefined ? undefined : `${list}-${active}`,
      autoComplete: 'off',
      onKeyDown,
      onBlur: () => setOpen(false),
    },
    listbox: { id: list, tabIndex: -1, hidden: !shown },
    option: (item: Item, index: number) => ({
      id: `${list}-${index}`,
      role: 'option' as const,
      tabIndex: -1,
      'aria-selected': index === active,
      // The pointer must not take the cursor out of the box before the choice is made.
      onMouseDown: (event: React.MouseEvent) => event.preventDefault(),
      onClick: () => choose(item),
      onKeyDown,
    }),
  }
}
