export const bases = {
  bases: {
    title: 'Base databases',
  },
}
