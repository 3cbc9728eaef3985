"""What customers make or trade, and how it travels."""

from typing import NamedTuple


class Industry(NamedTuple):
    """An industry: the words for it in company names, its goods and its ways of transport."""

    name: str
    words: tuple[str, ...]
    goods: tuple[str, ...]
    services: tuple[str, ...]
    trades: tuple[str, ...]


def _industry(name: str, words: str, goods: str, services: str, trades: str) -> Industry:
    return Industry(name, *(tuple(each.split()) for each in (words, goods, services, trades)))


INDUSTRIES = (
    _industry(
        "轮胎橡胶", "橡胶制品 轮胎 橡塑", "全钢子午线轮胎 半钢轮胎 橡胶输送带 密封件", "fcl customs", "europe america world"
    ),
    _industry(
        "家具木业", "家居 木业 家具", "实木餐桌椅 板式家具 软体沙发 胶合板", "fcl lcl customs warehousing", "america europe world"
    ),
    _industry("纺织服装", "纺织 服饰 针织 家纺", "棉纱 针织衫 床上用品 户外夹克", "fcl air customs", "europe america asia"),
    _industry(
        "机械设备",
        "机械 重工 精密机械 自动化设备",
        "数控车床 液压件 木工机械 包装生产线",
        "fcl rail customs",
        "europe asia world",
    ),
    _industry(
        "化工", "化工 新材料 精细化工", "钛白粉 水处理剂 增塑剂 聚氨酯原料", "fcl customs warehousing", "asia world america"
    ),
    _industry("食品农产", "食品 果蔬 农产品 调味品", "脱水大蒜 冷冻草莓 花生仁 粉丝", "fcl customs", "asia europe america"),
    _industry("水产", "水产 海洋食品", "冷冻鱿鱼 鳕鱼片 即食海带 扇贝柱", "fcl customs warehousing", "asia america europe"),
    _industry("五金工具", "五金 工具 五金制品", "手动工具套装 门锁配件 紧固件 链条", "fcl lcl customs", "america europe world"),
    _industry("电子电器", "电子 光电 电器", "LED灯具 小家电 连接器 充电器", "air fcl customs", "europe america asia"),
    _industry(
        "汽车零部件", "汽车零部件 汽配 制动系统", "刹车盘 轮毂 减震器 车灯总成", "fcl lcl air customs", "america europe world"
    ),
    _industry("玻璃陶瓷", "玻璃 陶瓷 工艺品", "浮法玻璃 日用瓷 玻璃瓶 卫浴陶瓷", "fcl customs", "america world europe"),
    _industry("包装印刷", "包装 塑业 纸业", "编织袋 PET瓶胚 瓦楞纸箱 保鲜膜", "fcl lcl customs", "asia world america"),
    _industry(
        "医疗器械",
        "医疗器械 医疗科技 生物科技",
        "一次性手套 轮椅 血压计 检测试剂",
        "air fcl customs warehousing",
        "europe america asia",
    ),
    _industry(
        "新能源",
        "新能源 光伏科技 储能科技",
        "光伏组件 储能柜 逆变器 锂电池",
        "fcl rail customs warehousing",
        "europe world america",
    ),
    _industry("贸易", "国际贸易 进出口 商贸", "日用百货 建材 工艺礼品 钢材", "fcl lcl customs", "world asia america"),
    _industry(
        "跨境电商",
        "电子商务 供应链管理 跨境电商",
        "宠物用品 户外家具 厨房小件 美妆工具",
        "air lcl warehousing",
        "america europe asia",
    ),
)

VOLUME_UNITS = {"fcl": "TEU", "rail": "TEU", "lcl": "CBM", "air": "KG"}
"""In what the monthly volume is counted, by the first service that moves it."""
