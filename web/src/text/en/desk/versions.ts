import type { versions as source } from '../../zh/desk/versions.ts'

export const versions: typeof source = {
  versions: {
    mode: 'How the rows come in',
    modes: { replace: 'Replace all', append: 'Append', upsert: 'Update by key', delete: 'Delete by key' },
    modesExplained: {
      replace: 'The file is all of the data and takes the place of the rows there are.',
      append: 'The file has new rows only; a row whose key is there already is refused.',
      upsert: 'A row whose key is there is replaced, others are added; rows not in the file stay.',
      delete: 'The file lists keys whose rows go; a key that is not there is refused.',
    },
    modeNeedsKey: 'The entry has no key: its rows can only be replaced or appended to.',
    changes: (added, replaced, removed) => `${added} rows added, ${replaced} replaced, ${removed} removed.`,
    newer: 'Newer versions',
    newerCame: (count) =>
      count === 1
        ? 'A newer version of the data came while this run waits.'
        : `${count} newer versions of the data came while this run waits.`,
    newerMore: (count) => `${count} earlier ones are not listed.`,
    newerSeen: (newest) =>
      `I have seen the newer versions, up to number ${newest}, and accept this run all the same`,
    title: (entry, number) => `${entry} · version ${number}`,
    lead: 'A version never changes, and this address stays.',
    restored: 'An earlier version restored',
    facts: 'The version',
    number: 'Version',
    liveNow: 'live now',
    kept: 'Kept',
    pinned: (note) => `pinned by the provider: ${note}`,
    cited: 'cited, so kept for good',
    destroyed: (on) => `Its rows were destroyed on ${on}, when their time had passed`,
    cite: 'Cite this version',
    citeNote: 'With its address and its hash.',
    keepCited: 'I cite it: keep this version',
    keepCitedHelp: 'From then on it is not destroyed when its time has passed.',
    acts: 'Acts of the provider',
    note: 'Why',
    pin: 'Pin this version',
    unpin: 'Pin it no longer',
    restore: 'Restore this version',
    restoreHelp: 'Makes a new live version of these rows; the others stay as they are.',
    diff: 'Compare with another version',
    diffNote: 'By the fields that you may see; comparing is recorded.',
    diffFrom: 'Number of the earlier version',
    compare: 'Compare',
    counts: (added, changed, removed) => `${added} rows added, ${changed} changed, ${removed} removed.`,
    same: 'There is no difference.',
    notCompared: (fields) =>
      `Not compared: ${fields}. Masked fields and fields that only one version has are left out.`,
    kind: 'Change',
    kinds: { added: 'added', changed: 'changed', removed: 'removed' },
    was: (before) => `was ${before}`,
    noSuchVersion: 'There is no such version, or its rows were destroyed.',
    retention: 'How long versions are kept',
    retentionNow: (days, least) =>
      `A version is destroyed, on record, ${days} days after it became live; the newest ${least} and those pinned or cited are kept.`,
    keepsAll: 'Every version is kept.',
    keepDays: 'Days to keep a version',
    keepLeast: 'Newest versions to keep at least',
    setRule: 'Set the rule',
    setRuleHelp:
      'The regulation states no time for versions. The rule works from the next day on; what is destroyed cannot be brought back.',
    endRule: 'End the rule',
  },
}
