/** Words of the bodies' systems and their connection with the platform. */
export const sources = {
  sources: {
    states: { 'not-connected': '未接入', testing: '检测中', connected: '已接入', broken: '连接中断' },
    atItsSource: '来源更新',
    entryStale: '超过更新周期未更新（非法定期限）',
    location: '数据位置',
    onPlatform: '统一平台',
    heldAt: (system: string): string => `留存于来源系统“${system}”，按主键查询`,
  },
}
