import { text } from '@tiaoli/kernel/text'
import { route } from './route.ts'

const common = {
  path: '/mcp',
  access: 'public',
  answer: 'stream',
  failures: 'json-rpc',
  problems: [],
  since: '0.1',
} as const

export const askByAssistant = route({
  ...common,
  id: 'askByAssistant',
  method: 'POST',
  summary: text(
    '智能助手接口（MCP，Streamable HTTP）',
    'Interface for assistants (Model Context Protocol, streamable HTTP)',
  ),
  body: 'stream',
})
export const listenAsAssistant = route({
  ...common,
  id: 'listenAsAssistant',
  method: 'GET',
  summary: text('智能助手接口不主动推送', 'The interface for assistants sends nothing by itself'),
})

export const assistantRoutes = [askByAssistant, listenAsAssistant]
