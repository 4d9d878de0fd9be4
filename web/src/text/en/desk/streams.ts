import type { streams as source } from '../../zh/desk/streams.ts'

export const streams: typeof source = {
  streams: {
    title: 'Streams of messages (MQTT)',
    note: 'The platform hears a topic of a broker, keeps each message before it says so, and takes them in by themselves in small batches.',
    none: 'No stream is heard yet',
    url: 'Address of the broker',
    urlHelp:
      'Written mqtts://host:port; mqtt:// without TLS only within the inner ranges that the platform opens.',
    topic: 'Topic',
    topicHelp: 'With + and # as wildcards, such as water/+/level.',
    user: 'Account',
    mapping: 'Names of values',
    mappingHelp:
      'A message is a JSON object. Where a value has another name than its field, one a line: field=name in the message, with dots between levels; $topic is the topic, $receivedAt when it came.',
    messages: 'Messages of one batch',
    seconds: 'Seconds to wait at most',
    secondsHelp: 'What has come by then is taken in, however little.',
    heard: 'Messages',
    counts: (heard, malformed, waiting) =>
      `${heard} heard, ${malformed} of them malformed; ${waiting} waiting`,
    states: { connecting: 'connecting', listening: 'listening', failing: 'broken' },
    create: 'Have it heard',
  },
}
