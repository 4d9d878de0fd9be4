/** Words of what somebody follows. */
export const subscriptions = {
  subscriptions: {
    title: '我的订阅',
    lead: '订阅的条目、单位或者检索有新版本、新数据、开放类型变更或者撤下时通知您，每项订阅每天至多一次。',
    where: '通知列在“通知”中；邮件等方式在“工作安排”中设定。',
    none: '还没有订阅',
    noneWhy: '可以在条目页面或者检索页面订阅变化。',
    kind: '类型',
    kinds: { entry: '条目', organisation: '单位', search: '检索' },
    what: '内容',
    since: '订阅时间',
    told: '最近一次通知',
    never: '尚无变化',
    end: '取消订阅',
    endOf: (title: string): string => `取消订阅：${title}`,
    notStatutory: '每天至多一次、最多 200 项是平台规则，非法定。',
  },
}
