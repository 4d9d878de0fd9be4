/** Making oneself known in order to apply. */
export const registration = {
  registration: {
    title: '注册',
    lead: '申请有条件开放的数据需要注册；查看和下载无条件开放的数据不需要。',
    kind: '以何种身份申请',
    kinds: {
      'natural-person': '自然人（个人）',
      'legal-person': '法人（企业、事业单位、社会组织等）',
      'unincorporated-organisation': '非法人组织（个人独资企业、合伙企业等）',
    },
    asks: {
      name: { label: '姓名', help: undefined },
      agent: { label: '经办人姓名', help: '代表本单位办理申请的人。' },
      identityNumber: {
        label: '居民身份证号码',
        help: '只用于核验身份和防止重复注册，平台不保存号码本身。',
      },
      organisationName: { label: '单位名称', help: '与登记证书一致。' },
      creditCode: { label: '统一社会信用代码', help: '18 位，见营业执照或者登记证书。' },
      username: { label: '用户名', help: '3 至 30 个字母、数字、下划线或者点。' },
      password: { label: '密码', help: '至少 10 位，不能包含用户名。' },
      repeat: { label: '再次输入密码', help: undefined },
    },
    checkedBy: {
      form: '本平台未接入实名核验服务，只校验号码的格式和校验码；办理申请的单位会看到这一点。',
      service: '提交后由实名核验服务核对名称与号码是否一致。',
    },
    synthetic:
      '示例城市：实名核验服务是虚构的，只认以“示例”开头的姓名或者单位名称和示例号码（如 509999199001010015、91500000DEM9000126）。请勿填写真实信息。',
    differ: '两次输入的密码不一致',
    known: '申请人身份',
    knownBy: { form: '未核验（仅校验号码格式；决定前可以要求申请人出示证件）', service: '已实名核验' },
    agentNotVerified: '经办人授权未核验',
    released: '注册已由市级数据主管部门解除',
    submit: '注册并继续',
    haveAccount: '已有账号，去登录',
  },
}
