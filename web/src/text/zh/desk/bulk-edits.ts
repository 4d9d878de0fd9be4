import type { BulkEdit, BulkEditOutcome } from '@tiaoli/contract/bulk-edits'

const outcomes: Record<BulkEditOutcome, string> = {
  change: '将变更',
  same: '没有变化',
  refused: '有问题，不写入',
  applied: '已写入',
  conflict: '已被他人修改，未写入',
  'handed-in': '已提交',
  undone: '已撤销',
  kept: '之后有变更，未撤销',
}
const states: Record<BulkEdit['state'], string> = {
  previewed: '预览，尚未写入',
  applied: '已写入',
  undone: '已撤销',
}

/** Words of entries edited in a spreadsheet. */
export const bulkEdits = {
  bulkEdits: {
    title: '批量编辑目录',
    lead: '下载本单位的目录条目和信息项，在表格软件中修改后上传；先预览逐格变更，再一次写入。写入的是草稿和待提交的修订，仍按编目程序确认、发布。',
    download: '下载表格',
    downloadNote: '含本单位全部状态的条目，一张表最多 2000 个；超过时请按主题或者状态分开下载。',
    getSheet: '下载 XLSX',
    allThemes: '全部主题',
    theme: '主题',
    status: '状态',
    allStatuses: '全部状态',
    upload: '上传修改后的表格',
    uploadNote:
      '请勿改动“条目标识”和“版本”两列，公式请改为数值。可以删去不需要修改的行；“信息项”表中某个条目的行即为该条目修改后的全部信息项。',
    reading: '正在核对表格，请稍候。',
    earlier: '历次批量编辑',
    none: '还没有上传过表格',
    file: '文件',
    state: '状态',
    by: '上传人',
    at: '上传时间',
    states,
    outcomes,
    show: '显示',
    all: '全部',
    appliedBy: '写入',
    undoneBy: '撤销',
    line: (line: number): string => `第 ${line} 行`,
    at2: (sheet: string, line: number, column: string): string =>
      column === '' ? `“${sheet}”第 ${line} 行` : `“${sheet}”第 ${line} 行，${column}`,
    place: '内容',
    before: '原值',
    after: '改为',
    blank: '（空）',
    apply: '写入变更',
    applyFollows: (count: number): string =>
      `将 ${count} 个条目的变更写入草稿或者待提交的修订。已发布的内容在确认、发布之前不变。`,
    undo: '撤销',
    undoFollows: '将已写入的条目恢复为写入之前的内容。之后又被修改或者提交的条目不能撤销。',
    undoOthers: '只撤销其余条目',
    handIn: '提交确认',
    handInFollows: '逐个条目按编目程序提交。不完整的条目会注明原因，不影响其他条目。',
    note: '变更说明',
    handing: (done: number): string => `正在提交，已处理 ${done} 个。`,
    empty: '没有这样的条目',
    notStatutory: '数量上限和预览是平台规则，非法定。',
  },
}
