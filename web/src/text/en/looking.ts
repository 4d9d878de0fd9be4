import type { Catalogue } from '../zh.ts'

export const looking: Pick<Catalogue, 'looking'> = {
  looking: {
    rowNumber: (number) => `Row ${number}`,
    close: 'Close',
    columns: 'Columns shown',
    columnsShown: (shown, of) => `Choose columns (${shown} of ${of} shown)`,
    allColumns: 'Show all columns',
    tableHelp:
      'Press a row, or Enter, to see all of it; arrow and page keys move. More rows are read as you scroll.',
    kind: 'Plot',
    kinds: { line: 'Lines', bar: 'Bars', scatter: 'Scatter' },
    split: 'Split by',
    noSplit: 'Not split',
    across: 'Across',
    upwards: 'Upwards',
    bins: 'Bins',
    binsAuto: 'Automatic',
    binsAbout: (count) => `About ${count}`,
    log: 'Logarithmic scale of values',
    cut: (count) =>
      `Too many groups: the first ${count} are drawn. Choose a coarser grouping or add a filter.`,
    withheld: 'Groups of too few rows are not shown (a rule of the platform, not statutory).',
    scatterLabel: (across, upwards, count) =>
      `${across} against ${upwards} in ${count} cells; the area of a circle is its number of rows`,
    scatterHelp:
      'Drawn from cells: each circle stands at the middle of its cell, its area is the number of rows.',
    histogramHelp: 'Each bin includes its lower bound and not its upper one.',
    system: {
      wgs84: 'Coordinates in WGS-84 / CGCS2000 (as the meaning of the field says).',
      gcj02: 'Coordinates in GCJ-02 (as the meaning of the field says).',
      bd09: 'Coordinates in BD-09 (as the meaning of the field says).',
      unknown: 'The meaning of the field names no coordinate system; values are drawn as they are.',
    },
    shifted: 'Converted to the system of the base map.',
    notShifted: 'Not converted to the system of the base map: places may be off by some hundred metres.',
    tilesBy: (by) => `Base map: ${by}`,
    clustered:
      'Places near each other are drawn as one circle, whose area is their number; they part as you zoom in.',
    density: (cells) =>
      `There are many rows: they are counted in ${cells} cells, the area of a circle is the number of rows. Zooming in counts anew.`,
    densityCut: 'Too many cells: only a part is shown. Zoom in.',
    placesHere: (count) => `${count} places`,
    rowsHere: (count) => `${count} rows`,
    share: 'Link, picture and embed',
    link: 'Link to this view',
    copyLink: 'Copy link',
    embed: 'Code to embed it in a page',
    embedHelp: 'Any site may embed it; it always shows the newest snapshot.',
    copyEmbed: 'Copy code',
    image: 'Picture',
    asPng: 'Download PNG',
    asSvg: 'Download SVG',
    imageHelp: 'The picture bears title, source and date.',
    imageFailed: 'The picture was not made. Please try again.',
    drawnOn: (snapshot, at, drawn) => `Snapshot ${snapshot}, data as of ${at}; drawn on ${drawn}`,
    onlyOpen: 'Only data that are open to everybody can be embedded',
    onlyOpenWhy: 'See on the platform on what conditions these data are opened.',
    toEntry: 'See it on the platform',
    embedded: (title) => `${title}: embedded view`,
    conditions: (words) => `Filtered by: ${words}`,
  },
}
