import type { portal as source } from '../../zh/desk/portal.ts'

export const portal: typeof source = {
  shell: {
    deskNavigation: 'Desk navigation',
    deskGroups: { cases: 'Cases', catalogue: 'Catalogue', data: 'Data', oversight: 'Oversight' },
  },
  vocabulary: {
    title: 'Words of the search',
    lead: 'By these words queries are cut and names of one thing are told. What the city adds holds for searches at once; all entries are read anew in the background, and are found meanwhile. Kept by the platform; not statutory.',
    words: 'Words added by the city',
    synonyms: 'Synonyms added by the city',
    noWords: 'No words added yet.',
    noSynonyms: 'No synonyms added yet.',
    addWords: 'Add words',
    addWordsHelp: 'One a line, or separated by commas; two to twenty Chinese characters.',
    addSynonyms: 'Add synonyms',
    addSynonymsHelp: 'One group a line, its names separated by commas; two at least, English too.',
    add: 'Add',
    remove: 'Remove',
    removeNamed: (name) => `Remove “${name}”`,
    between: ', ',
    indexed: (version) => `Version ${version}; all entries have been read by it.`,
    waiting: (count) => `Entries are being read by the new version; ${count} to go.`,
    changed: (day, by) => `changed ${day} by ${by}`,
    usual: (words, groups) => `${words} words and ${groups} groups of synonyms that the platform comes with`,
  },
  fields: {
    key: 'Key',
    required: 'Required',
  },
}
