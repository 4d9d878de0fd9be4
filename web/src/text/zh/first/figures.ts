/** Words of the figures: under which name they are found. */
export const figures = {
  figures: {
    title: '办件统计',
  },
}
