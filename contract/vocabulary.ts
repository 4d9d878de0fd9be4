import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema } from './common.ts'
import { route } from './route.ts'

const wordSchema = z.string().trim().min(1).max(60)
const synonymsSchema = z.array(wordSchema).min(1).max(20)

export const vocabularySchema = z.object({
  words: z.array(z.string()).describe('What the city has added'),
  synonyms: z.array(z.object({ id: z.string(), words: z.array(z.string()) })),
  usual: z
    .object({ words: z.array(z.string()), synonyms: z.array(z.array(z.string())) })
    .describe('What the platform comes with'),
  version: z.number().int().describe('Rises with each change'),
  indexedVersion: z.number().int().describe('Version by which the whole catalogue has been cut into words'),
  waiting: z.number().int().describe('Entries still to be cut by the version that holds'),
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
})
export type VocabularyView = z.infer<typeof vocabularySchema>

export const vocabularyChangeSchema = z.object({
  addWords: z.array(wordSchema).max(500).default([]),
  removeWords: z.array(wordSchema).max(500).default([]),
  addSynonyms: z.array(synonymsSchema).max(200).default([]).describe('Each a group of names of one thing'),
  removeSynonyms: z.array(idSchema).max(200).default([]),
})
export type VocabularyChange = z.output<typeof vocabularyChangeSchema>

export const getVocabulary = route({
  id: 'getVocabulary',
  method: 'GET',
  path: '/api/v1/search-vocabulary',
  access: 'admin',
  summary: text('检索词库', 'Words and synonyms by which the catalogue is searched'),
  answer: vocabularySchema,
  problems: ['not-signed-in', 'not-allowed'],
  since: '0.3',
})
export const changeVocabulary = route({
  id: 'changeVocabulary',
  method: 'POST',
  path: '/api/v1/search-vocabulary',
  access: 'admin',
  summary: text('增删检索词条和同义词', 'Add and remove words and synonyms'),
  body: vocabularyChangeSchema,
  answer: vocabularySchema,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete'],
  since: '0.3',
})

export const vocabularyRoutes = [getVocabulary, changeVocabulary]
