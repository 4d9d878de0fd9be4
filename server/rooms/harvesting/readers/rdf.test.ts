import { describe, expect, it } from 'vitest'
import { ckanAddress, ckanPage } from './ckan.rules.ts'
import { dcatPage } from './dcat.rules.ts'
import { MalformedError } from './malformed.ts'
import { readRdf } from './rdf.ts'
import { tiaoliAddress, tiaoliEntry, tiaoliList } from './tiaoli.rules.ts'

const base = 'https://data.example.org/catalog'
const turtle = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://data.example.org/d/1> a dcat:Dataset ; dct:title "水位"@zh ; dcat:keyword "甲"@zh ; dcat:distribution [] .`
const xml = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
  <dcat:Dataset rdf:about="https://data.example.org/d/1"><dct:title xml:lang="zh">水位</dct:title>
  <dcat:keyword xml:lang="zh">甲</dcat:keyword><dcat:distribution/></dcat:Dataset></rdf:RDF>`
const json = JSON.stringify({
  '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
  '@id': 'https://data.example.org/d/1',
  '@type': 'dcat:Dataset',
  'dct:title': { '@value': '水位', '@language': 'zh' },
  'dcat:keyword': { '@value': '甲', '@language': 'zh' },
  'dcat:distribution': {},
})
const page = async (text: string, mediaType: string) => dcatPage(await readRdf(text, mediaType, base), base)

describe('DCAT', () => {
  it.each([
    ['text/turtle', turtle],
    ['application/rdf+xml', xml],
    ['application/ld+json', json],
    // Servers that do not say what they give.
    ['text/plain', turtle],
    ['', xml],
    ['application/octet-stream', json],
  ])('reads the same in %s', async (mediaType, text) => {
    const { entries, unreadable, next } = await page(text, mediaType)
    expect(entries.map(({ entry }) => entry)).toMatchObject([
      { id: 'https://data.example.org/d/1', title: '水位', keywords: ['甲'], fields: [], publisher: '' },
    ])
    expect([unreadable, next]).toEqual([[], null])
  })

  it.each([
    ['text/turtle', '<a> <b>'],
    ['text/turtle', '<html><body>Not here</body></html>'],
    ['application/rdf+xml', xml.replace('</rdf:RDF>', '')],
    ['application/rdf+xml', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'],
    ['application/ld+json', '{"@id": '],
    ['application/ld+json', '{"@context": "https://elsewhere.example.org/context", "a": 1}'],
    ['application/ld+json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('refuses what is malformed, %s', async (mediaType, text) => {
    await expect(page(text, mediaType)).rejects.toBeInstanceOf(MalformedError)
  })

  it('says of what has no id or no title that it is no entry', async () => {
    const nameless = turtle.replace('<https://data.example.org/d/1>', '[]').replace('[] a', '_:x a')
    expect((await page(nameless, 'text/turtle')).unreadable).toEqual([
      { id: '', title: '水位', reason: 'no-id' },
    ])
    const untitled = turtle.replace('dct:title "水位"@zh ;', '')
    expect((await page(untitled, 'text/turtle')).unreadable[0]?.reason).toBe('no-title')
  })
})

describe('CKAN', () => {
  it.each([
    ['https://data.example.org', '/api/3/action/package_search'],
    ['https://data.example.org/ckan/', '/ckan/api/3/action/package_search'],
    ['https://data.example.org/ckan/api/3', '/ckan/api/3/action/package_search'],
    ['https://data.example.org/api/3/action/', '/api/3/action/package_search'],
  ])('is asked at the usual address, %s', (given, path) => {
    expect(ckanAddress(given, 200)).toMatchObject({ pathname: path })
    expect(ckanAddress(given, 200).searchParams.get('start')).toBe('200')
  })

  it.each([
    '',
    'null',
    '[]',
    '{"success": false}',
    '{"success": true, "result": {}}',
    '{"success":true,"result":[]}',
  ])('is refused where it answers %s', (text) => {
    expect(() => ckanPage(text, base)).toThrow(MalformedError)
  })

  it('has entries of any odd shape read or named', () => {
    const results = [
      null,
      1,
      [],
      {},
      { id: 'a', title: { zh: '甲' } },
      { id: 'b', title: '乙', tags: 'x', extras: [1] },
    ]
    const read = ckanPage(JSON.stringify({ success: true, result: { results } }), base)
    expect(read.unreadable.map(({ reason }) => reason)).toEqual([
      'not-an-entry',
      'not-an-entry',
      'not-an-entry',
      'no-id',
      'no-title',
    ])
    expect(read.entries.map(({ entry }) => entry.title)).toEqual(['乙'])
    expect(read.listed).toBe(6)
  })
})

describe('another platform of this kind', () => {
  it('is asked in an order that stays', () => {
    expect(tiaoliAddress('https://data.example.org/x/', 'c').href).toBe(
      'https://data.example.org/x/api/v1/entries?sort=title&limit=100&cursor=c',
    )
  })
  it('is refused where it answers something else', () => {
    for (const text of ['', '{}', '{"items": [{"id": "../x"}], "nextCursor": null}']) {
      expect(() => tiaoliList(text)).toThrow(MalformedError)
      expect(() => tiaoliEntry(text, base)).toThrow(MalformedError)
    }
  })
})
