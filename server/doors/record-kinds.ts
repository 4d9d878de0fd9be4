import { type Text, text } from '@tiaoli/kernel/text'

/** What records are called that are not acts of a procedure. */
export const recordKinds: Readonly<Record<string, Text>> = {
  'case.act': text('办件操作', 'Act on a case'),
  'access.rows': text('取用数据行', 'Rows taken'),
  'access.aggregate': text('汇总查询', 'Aggregate taken'),
  'access.export': text('下载文件', 'File downloaded'),
  'access.exported': text('文件下载结束', 'Download ended'),
  'access.refused-rows': text('下载拒收行报告', 'Report of refused rows taken'),
  'access.refused': text('访问被拒绝', 'Access refused'),
  'snapshot.live': text('数据快照生效', 'Snapshot live'),
  'grant.given': text('授予使用许可', 'Grant given'),
  'grant.revoked': text('撤销使用许可', 'Grant revoked'),
  'calendar.year': text('载入节假日安排', 'Holidays of a year loaded'),
  'duty.owners': text('指定职责的责任单位', 'Owners of a duty named'),
  'duty.target': text('设定职责的目标日期（非法定）', 'Target date of a duty set (not statutory)'),
  'duty.target-ended': text('取消职责的目标日期', 'Target date of a duty taken back'),
  'duty.evidence': text('上传履职材料', 'Evidence of a duty filed'),
  'specification.published': text('发布编制规范', 'Specification published'),
  'edition.published': text('发布一期目录', 'Edition published'),
  'entry.reviewed': text('复核目录条目', 'Entry reviewed'),
  'local-target.set': text('设定本市目标（非法定）', 'Target of the city set (not statutory)'),
  'round.act': text('目录编制任务', 'Compiling round'),
  'business.registered': text('登记业务事项', 'Business registered'),
  'business.changed': text('变更业务事项', 'Business changed'),
  'obtained.delivered': text('登记数据交付', 'Delivery of data recorded'),
  'obtained.catalogued': text('待编目数据办结', 'Obtained data catalogued'),
}
