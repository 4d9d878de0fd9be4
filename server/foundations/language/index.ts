export { stemOf } from './english.ts'
export { compact, fold, foldAligned, gramsOf, isHan, tokensOf } from './fold.ts'
export { canBeInitials, initialsOf, type PinyinReading, readingsOf, spoken, syllablesOf } from './pinyin.ts'
export { createSegmenter, type Segmenter } from './segment.ts'
