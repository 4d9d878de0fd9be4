import { addCalendarNotice, listCalendarYears, loadCalendarYear } from '@tiaoli/contract/calendar'
import { useAct, useRoute } from '../../kit/api.ts'

export const useCalendarYears = () => useRoute(listCalendarYears, {})
export const useAddCalendarNotice = () => useAct(addCalendarNotice)
export const useLoadCalendarYear = () => useAct(loadCalendarYear)
