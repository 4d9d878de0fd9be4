/** Words of the public pages and of what stands around every page. */
export const portal = {
  shell: {
    deskNavigation: '办公导航',
    deskGroups: { cases: '办理', catalogue: '目录', data: '汇聚', oversight: '监督' },
  },
  vocabulary: {
    title: '检索词库',
    lead: '检索时按词库切分词语、识别同义词。本市增补的词条立即用于检索，并在后台据此重新整理全部目录条目，其间检索照常。词库由平台维护，非法定。',
    words: '本市增补的词',
    synonyms: '本市增补的同义词',
    noWords: '尚未增补词。',
    noSynonyms: '尚未增补同义词。',
    addWords: '增加词',
    addWordsHelp: '每行一个，也可用顿号或者逗号分隔；二至二十个汉字。',
    addSynonyms: '增加同义词',
    addSynonymsHelp: '每行一组，组内用顿号或者逗号分隔，至少两个，可以含英文。',
    add: '增加',
    remove: '删除',
    removeNamed: (name: string): string => `删除“${name}”`,
    between: '、',
    indexed: (version: number): string => `第 ${version} 版词库，全部条目已据此整理。`,
    waiting: (count: string): string => `正在按新词库整理，还有 ${count} 个条目。`,
    changed: (day: string, by: string): string => `${day} 由${by}修改`,
    usual: (words: number, groups: number): string => `平台自带的 ${words} 个词和 ${groups} 组同义词`,
  },
  fields: {
    key: '主键',
    required: '必填',
  },
}
