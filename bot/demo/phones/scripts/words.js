/** The page's own words in two languages. What the bot says comes from the bot. */

const TEXTS = {
  zh: {
    actionDocument: "正在发送文件…",
    actionPhoto: "正在发送图片…",
    actionTyping: "正在输入…",
    actionVoice: "正在发送语音…",
    advance: "时钟前进 {days} 天",
    attach: "附件",
    attachContact: "联系人名片",
    attachDocument: "文件",
    attachLocation: "位置",
    attachPhoto: "图片",
    block: "停用",
    blockQuestion: "停用机器人？之后它不能再给你发消息，直到你重新启用。",
    bot: "机器人",
    cancel: "取消",
    close: "关闭",
    connecting: "连接中…",
    contact: "联系人",
    copied: "已复制",
    advanceBy1: "+1 天",
    advanceBy7: "+7 天",
    document: "文件",
    edited: "已编辑",
    emptyText: "点「开始」，与机器人打个招呼",
    emptyTitle: "还没有消息",
    failed: "没有成功，请再试一次",
    firstName: "名字",
    forwarded: "转发自 {name}",
    hereNow: "这台手机",
    keyboard: "机器人的键盘",
    left: "左",
    location: "位置",
    menu: "菜单",
    message: "消息",
    more: "更多",
    nobody: "没有找到",
    notHere: "演示里没有这个功能",
    ok: "好",
    otherNow: "另一台手机",
    people: "这台手机给谁用？",
    phone: "电话",
    photo: "图片",
    pinned: "置顶消息",
    pinnedBy: "{name} 置顶了一条消息",
    play: "播放",
    pause: "暂停",
    reply: "回复",
    restart: "重新启用",
    right: "右",
    searchPeople: "搜索姓名或小组",
    send: "发送",
    shareQuestion: "把你的电话 {phone} 发给机器人吗？",
    share: "发送",
    start: "开始",
    stage: "销售团队的公海，就在 Telegram 里",
    suggestedContact: "陈海燕",
    switcher: "换人：{name}",
    today: "今天",
    toBottom: "到最新消息",
    unread: "{count} 条未读",
    unsupported: "这类消息在演示里不显示",
    voice: "语音",
    yesterday: "昨天",
  },
  en: {
    actionDocument: "sending a file…",
    actionPhoto: "sending a photo…",
    actionTyping: "typing…",
    actionVoice: "sending a voice message…",
    advance: "Move the clock on by {days} days",
    attach: "Attach",
    attachContact: "Contact card",
    attachDocument: "File",
    attachLocation: "Location",
    attachPhoto: "Photo",
    block: "Stop",
    blockQuestion: "Stop the bot? It cannot write to you until you restart it.",
    bot: "bot",
    cancel: "Cancel",
    close: "Close",
    connecting: "connecting…",
    contact: "Contact",
    copied: "Copied",
    advanceBy1: "+1 day",
    advanceBy7: "+7 days",
    document: "File",
    edited: "edited",
    emptyText: "Press Start to say hello to the bot",
    emptyTitle: "No messages here yet",
    failed: "That did not work, please try again",
    firstName: "Name",
    forwarded: "Forwarded from {name}",
    hereNow: "This phone",
    keyboard: "The bot's keyboard",
    left: "Left",
    location: "Location",
    menu: "Menu",
    message: "Message",
    more: "More",
    nobody: "Nobody found",
    notHere: "Not part of this demo",
    ok: "OK",
    otherNow: "Other phone",
    people: "Who holds this phone?",
    phone: "Phone",
    photo: "Photo",
    pinned: "Pinned message",
    pinnedBy: "{name} pinned a message",
    play: "Play",
    pause: "Pause",
    reply: "Reply",
    restart: "Restart",
    right: "Right",
    searchPeople: "Search by name or team",
    send: "Send",
    shareQuestion: "Send your phone number {phone} to the bot?",
    share: "Send",
    start: "Start",
    stage: "The sales team's public pool, inside Telegram",
    suggestedContact: "Chen Haiyan",
    switcher: "Switch person: {name}",
    today: "Today",
    toBottom: "To the newest message",
    unread: "{count} unread",
    unsupported: "This kind of message is not shown in the demo",
    voice: "Voice message",
    yesterday: "Yesterday",
  },
};

const KEPT = "gonghai.language";

/** Kept choice first, then the browser's language. */
function firstLanguage() {
  const kept = localStorage.getItem(KEPT);
  if (kept in TEXTS) return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

class Words extends EventTarget {
  language = firstLanguage();

  /** The text of that name with its {gaps} filled. */
  say(name, gaps = {}) {
    return TEXTS[this.language][name].replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
  }

  use(language) {
    this.language = language;
    localStorage.setItem(KEPT, language);
    this.dispatchEvent(new Event("change"));
  }
}

export const words = new Words();
