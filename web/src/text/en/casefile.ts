/** Words of a case's papers and of what an officer keeps at the desk. */
export const casefile = {
  papers: {
    title: 'Attachments and comments',
    note: 'Comments for your own side are seen by your side alone and are no part of the file.',
    file: 'Case file (PDF)',
    none: 'No attachments and no comments.',
    attachments: 'Attachments',
    comments: 'Comments',
    audiences: { side: 'your side only', all: 'every party' },
    audience: 'Who can read it',
    comment: 'Comment',
    send: 'Add comment',
    attach: 'Attach a file',
    attachHelp:
      'A file can go along: a document, table, picture or archive of at most 10 MB, kept as it is and only to be downloaded. What stands in the box is its note.',
  },
}
