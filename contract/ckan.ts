import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { route } from './route.ts'

const actionParams = z.object({ action: z.string().max(100) })
const common = {
  access: 'public',
  answer: 'stream',
  failures: 'ckan',
  problems: [],
  since: '0.1',
} as const

const summary = text('CKAN 操作接口第 3 版（只读）', 'CKAN Action API v3, reading side')

export const ckanAction = route({
  ...common,
  id: 'ckanAction',
  method: 'GET',
  path: '/api/3/action/{action}',
  summary,
  params: actionParams,
})
export const ckanActionByPost = route({
  ...common,
  id: 'ckanActionByPost',
  method: 'POST',
  path: '/api/3/action/{action}',
  summary,
  params: actionParams,
  body: 'stream',
})
export const ckanActionUnversioned = route({
  ...common,
  id: 'ckanActionUnversioned',
  method: 'GET',
  path: '/api/action/{action}',
  summary,
  params: actionParams,
})
export const ckanActionUnversionedByPost = route({
  ...common,
  id: 'ckanActionUnversionedByPost',
  method: 'POST',
  path: '/api/action/{action}',
  summary,
  params: actionParams,
  body: 'stream',
})
export const ckanVersion = route({
  ...common,
  id: 'ckanVersion',
  method: 'GET',
  path: '/api/3',
  summary: text('CKAN 接口版本', 'Version of the CKAN interface'),
})
export const ckanStatus = route({
  ...common,
  id: 'ckanStatus',
  method: 'GET',
  path: '/api/util/status',
  summary: text('CKAN 站点状态', 'Status of the site, as CKAN tells it'),
})

export const ckanRoutes = [
  ckanAction,
  ckanActionByPost,
  ckanActionUnversioned,
  ckanActionUnversionedByPost,
  ckanVersion,
  ckanStatus,
]
