import type { bulkEdits as source } from '../../zh/desk/bulk-edits.ts'

export const bulkEdits: typeof source = {
  bulkEdits: {
    title: 'Bulk editing',
    lead: 'Download your organisation’s entries and fields, edit them in a spreadsheet and upload them; see what changes cell by cell, then write it in one act. What is written are drafts and revisions, which go on through the cataloguing procedure.',
    download: 'Download the sheet',
    downloadNote:
      'With your entries in every state, 2,000 in one sheet at most; where there are more, download by theme or state.',
    getSheet: 'Download XLSX',
    allThemes: 'All themes',
    theme: 'Theme',
    status: 'State',
    allStatuses: 'All states',
    upload: 'Upload the edited sheet',
    uploadNote:
      'Leave the columns of entry and version as they are, and enter values instead of formulas. Lines that need no change may be taken out; the lines of an entry in the sheet of fields are all the fields it is to have.',
    reading: 'The sheet is being compared; one moment.',
    earlier: 'Earlier bulk edits',
    none: 'No sheet has been uploaded yet',
    file: 'File',
    state: 'State',
    by: 'By',
    at: 'Uploaded',
    states: { previewed: 'Preview, nothing written', applied: 'Written', undone: 'Undone' },
    outcomes: {
      change: 'Would change',
      same: 'Unchanged',
      refused: 'Amiss, not written',
      applied: 'Written',
      conflict: 'Changed by somebody else, not written',
      'handed-in': 'Handed in',
      undone: 'Undone',
      kept: 'Changed since, not undone',
    },
    show: 'Show',
    all: 'All',
    appliedBy: 'Written',
    undoneBy: 'Undone',
    line: (line) => `Line ${line}`,
    at2: (sheet, line, column) =>
      column === '' ? `“${sheet}”, line ${line}` : `“${sheet}”, line ${line}, ${column}`,
    place: 'Part',
    before: 'Was',
    after: 'Becomes',
    blank: '(blank)',
    apply: 'Write the changes',
    applyFollows: (count) =>
      `The changes of ${count} entries go into drafts and revisions. What is published stays as it is until it is confirmed and published anew.`,
    undo: 'Undo',
    undoFollows:
      'The entries written get back what they held before. Entries that were changed or handed in since cannot be undone.',
    undoOthers: 'Undo the others only',
    handIn: 'Hand in',
    handInFollows:
      'Each entry is handed in by the cataloguing procedure. One that is not complete says why and stops no other.',
    note: 'What has changed',
    handing: (done) => `Handing in; ${done} done.`,
    empty: 'No such entries',
    notStatutory: 'The limits and the preview are rules of the platform, not statutory.',
  },
}
