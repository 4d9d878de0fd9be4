/** Words that somebody typed one after the other, separated as people do; at most twenty, each once. */
export const splitWords = (text: string): string[] =>
  [...new Set(text.split(/[,，、;；\s]+/).filter((word) => word !== ''))].slice(0, 20)
