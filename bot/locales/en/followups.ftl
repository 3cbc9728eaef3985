# Follow-ups
log-followup = Follow up
followup-how = 📝 Follow-up: <b>{ $name }</b>
    Send it in one message: text, photo, location, file or voice.
followup-done = ✅ Logged · <b>{ $name }</b>
followup-complete = Add the kind and the next date: tap, or send “Friday”, “3 days”, “12-05”.
followup-next = Next: { $day }
followup-open = Open the { $what }
followup-tomorrow = Tomorrow
followup-three-days = In 3 days
followup-monday = Next Mon
card-followups = 📝 Latest follow-ups
followup-kind-call = Call
followup-kind-visit = Visit
followup-kind-wechat = WeChat
followup-kind-email = E-mail
attached-photo = photo
attached-document = file
attached-voice = voice message
attached-video = video
attached-location = location
day-with-weekday = { $day } ({ $weekday })
