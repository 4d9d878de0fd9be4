import { themeTitlesIn } from '@tiaoli/kernel/themes'
import type { words as source } from '../zh/words.ts'

export const words: typeof source = {
  themes: themeTitlesIn('en'),
  types: {
    text: 'Text',
    integer: 'Whole number',
    decimal: 'Decimal number',
    boolean: 'Yes or no',
    date: 'Date',
    time: 'Time of day',
    instant: 'Date and time',
    'credit-code': 'Unified social credit code',
    'identity-number': 'Citizen identity number',
    'division-code': 'Administrative division code',
    phone: 'Telephone number',
    longitude: 'Longitude',
    latitude: 'Latitude',
  },
  sensitivities: {
    public: 'Public',
    internal: 'Internal',
    personal: 'Personal information',
    sensitive: 'Sensitive personal information',
  },
  cycles: {
    'real-time': 'Real time',
    daily: 'Daily',
    weekly: 'Weekly',
    monthly: 'Monthly',
    quarterly: 'Quarterly',
    yearly: 'Yearly',
    irregular: 'Irregular',
  },
  grades: {
    'general-1': 'General data, grade 1',
    'general-2': 'General data, grade 2',
    'general-3': 'General data, grade 3',
    'general-4': 'General data, grade 4',
    important: 'Important data',
    core: 'Core data',
  },
  statuses: {
    draft: 'Draft',
    submitted: 'Submitted',
    returned: 'Returned',
    confirmed: 'To be published',
    published: 'Published',
    withdrawn: 'Withdrawn',
  },
}
