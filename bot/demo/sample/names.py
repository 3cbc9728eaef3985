"""Invented firms' and people's names, each with its pinyin."""


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    found = words.split()
    return tuple(zip(found[::2], found[1::2], strict=True))


BRANDS = _pairs(
    "海晟 haisheng 鲁岳 luyue 泰和源 taiheyuan 东方瑞 dongfangrui 恒信达 hengxinda 金沃 jinwo 华茂 huamao "
    "盛泰隆 shengtailong 蓝湾 lanwan 新航远 xinhangyuan 瑞丰达 ruifengda 博远 boyuan 天润泽 tianrunze "
    "永昌恒 yongchangheng 佳禾 jiahe 润达丰 rundafeng 启明星 qimingxing 信德利 xindeli 万邦兴 wanbangxing "
    "凯利通 kailitong 鑫海诺 xinhainuo 德润康 derunkang 雅途 yatu 宏图远 hongtuyuan 中沃 zhongwo 舜天和 shuntianhe "
    "齐盛 qisheng 岳海 yuehai 卓越通 zhuoyuetong 嘉世 jiashi 明辉 minghui 旭日升 xurisheng 汇通源 huitongyuan "
    "安捷 anjie 联创达 lianchuangda 正大恒 zhengdaheng 富瑞 furui 嘉德隆 jiadelong 景泰 jingtai 远洋鸿 yuanyanghong "
    "银河湾 yinhewan 江海通 jianghaitong 浦瑞 purui 申达 shenda 吴越 wuyue 锦程 jincheng 兰亭序 lantingxu "
    "四明 siming 甬泰 yongtai 越秀华 yuexiuhua 粤盛 yuesheng 鹏程达 pengchengda 莞美 guanmei 南粤 nanyue "
    "骏驰 junchi 力诺维 linuowei 科瑞特 keruite 优品汇 youpinhui 易达盛 yidasheng 星辰 xingchen 绿源康 lvyuankang "
    "和润 herun 福临 fulin 康泰美 kangtaimei 惠丰 huifeng 双利 shuangli 立信成 lixincheng 天成业 tianchengye "
    "同创 tongchuang 众合 zhonghe 广源 guangyuan 晨曦 chenxi 胶澳 jiaoao 琴岛 qindao 崂石 laoshi 即发源 jifayuan "
    "沂蒙 yimeng 鸢都 yuandu 烟海 yanhai 威仕达 weishida"
)

SURNAMES = _pairs(
    "王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 黄 huang 赵 zhao 吴 wu 周 zhou 徐 xu 孙 sun 马 ma 朱 zhu 胡 hu "
    "郭 guo 何 he 高 gao 林 lin 罗 luo 郑 zheng 梁 liang 谢 xie 宋 song 唐 tang 许 xu 韩 han 冯 feng 邓 deng 曹 cao "
    "彭 peng 于 yu 姜 jiang 宫 gong"
)

GIVEN_NAMES = _pairs(
    "伟 wei 芳 fang 娜 na 敏 min 静 jing 丽 li 强 qiang 磊 lei 军 jun 洋 yang 勇 yong 艳 yan 杰 jie 娟 juan 涛 tao "
    "明 ming 超 chao 秀英 xiuying 建华 jianhua 文静 wenjing 志远 zhiyuan 晓彤 xiaotong 海波 haibo 雅琴 yaqin "
    "国栋 guodong 美玲 meiling 子轩 zixuan 雨桐 yutong 佳慧 jiahui 俊杰 junjie 春梅 chunmei 鹏飞 pengfei "
    "少华 shaohua 立新 lixin 思琪 siqi 永刚 yonggang 倩 qian 振宇 zhenyu"
)

TITLES = (
    "外贸经理",
    "物流主管",
    "采购经理",
    "总经理",
    "单证主管",
    "关务经理",
    "外贸业务员",
    "仓储主管",
    "副总经理",
    "供应链总监",
)
"""What contacts are; a general manager is reached rarely, so there are few."""
