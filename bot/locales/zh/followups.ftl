# 跟进记录
log-followup = 记跟进
followup-how = 📝 跟进 <b>{ $name }</b>
    请发送内容：文字、照片、位置、文件或语音，一条即可。
followup-done = ✅ 已记录 · <b>{ $name }</b>
followup-complete = 可补充方式和下次跟进日期（点选，或发送“周五”“3天后”“12-05”）。
followup-next = 下次跟进：{ $day }
followup-open = 打开{ $what }
followup-tomorrow = 明天
followup-three-days = 3 天后
followup-monday = 下周一
card-followups = 📝 最近跟进
followup-kind-call = 电话
followup-kind-visit = 拜访
followup-kind-wechat = 微信
followup-kind-email = 邮件
attached-photo = 照片
attached-document = 文件
attached-voice = 语音
attached-video = 视频
attached-location = 位置
day-with-weekday = { $day }（{ $weekday }）
