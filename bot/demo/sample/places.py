"""Cities where customers sit: division code for the credit code, streets for the address, ports and airport nearby."""

from typing import NamedTuple


class City(NamedTuple):
    """A Chinese city; `north` is the Qingdao branch's ground, the rest Shanghai's."""

    name: str
    province: str
    division: str
    north: bool
    port: str
    airport: str
    streets: tuple[str, ...]


def _city(words: str, streets: str) -> City:
    name, province, division, ground, port, airport = words.split()
    return City(name, province, division, ground == "north", port, airport, tuple(streets.split()))


CITIES = (
    _city(
        "青岛 山东 370200 north CNQDG CNTAO",
        "崂山区株洲路 市南区香港中路 黄岛区长江东路 城阳区正阳路 胶州市兰州东路 即墨区烟青路",
    ),
    _city("济南 山东 370100 north CNQDG CNTNA", "历下区经十路 高新区新泺大街 槐荫区齐鲁大道"),
    _city("烟台 山东 370600 north CNYNT CNYNT", "开发区长江路 芝罘区南大街 福山区永达街"),
    _city("潍坊 山东 370700 north CNQDG CNTAO", "高新区健康东街 奎文区东风东街 诸城市密州路 寿光市圣城街"),
    _city("临沂 山东 371300 north CNLYG CNLYI", "兰山区解放路 罗庄区双月湖路 河东区凤凰大街"),
    _city("淄博 山东 370300 north CNQDG CNTNA", "张店区柳泉路 周村区新华大道 博山区中心路"),
    _city("威海 山东 371000 north CNWEI CNWEH", "环翠区文化西路 荣成市成山大道 经区海滨南路"),
    _city("日照 山东 371100 north CNRZH CNTAO", "东港区海曲东路 岚山区圣岚路"),
    _city("东营 山东 370500 north CNQDG CNTNA", "广饶县乐安大街 东营区府前大街"),
    _city("德州 山东 371400 north CNTXG CNTNA", "德城区东方红路 经开区晶华大道"),
    _city("上海 上海 310100 south CNSHA CNPVG", "浦东新区张杨路 嘉定区曹安公路 松江区新桥镇新站路 闵行区七莘路 宝山区沪太路"),
    _city("苏州 江苏 320500 south CNSHA CNPVG", "工业园区星湖街 昆山市前进中路 吴江区中山南路 张家港市杨舍镇人民路"),
    _city("无锡 江苏 320200 south CNSHA CNWUX", "新吴区长江路 江阴市澄江中路 滨湖区隐秀路"),
    _city("常州 江苏 320400 south CNSHA CNPVG", "新北区通江中路 武进区延政中路"),
    _city("南通 江苏 320600 south CNSHA CNNTG", "崇川区工农南路 海门区解放中路 通州区建设路"),
    _city("南京 江苏 320100 south CNSHA CNNKG", "江宁区将军大道 浦口区浦滨路"),
    _city("连云港 江苏 320700 north CNLYG CNLYG", "海州区花果山大道 连云区海棠北路"),
    _city("杭州 浙江 330100 south CNNGB CNHGH", "滨江区江南大道 萧山区市心中路 余杭区文一西路"),
    _city("宁波 浙江 330200 south CNNGB CNNGB", "鄞州区天童南路 北仑区新大路 慈溪市孙塘北路 余姚市阳明东路"),
    _city("义乌 浙江 330700 south CNNGB CNYIW", "北苑街道雪峰西路 江东街道宗泽东路"),
    _city("温州 浙江 330300 south CNNGB CNWNZ", "鹿城区车站大道 龙湾区永中街道罗东街 瑞安市安阳路"),
    _city("绍兴 浙江 330600 south CNNGB CNHGH", "柯桥区金柯桥大道 越城区人民东路"),
    _city("嘉兴 浙江 330400 south CNSHA CNPVG", "南湖区中环南路 海宁市海昌路"),
    _city("广州 广东 440100 south CNNSA CNCAN", "白云区机场路 番禺区迎宾路 黄埔区科学大道"),
    _city("深圳 广东 440300 south CNYTN CNSZX", "龙岗区龙翔大道 宝安区宝安大道 南山区科苑路"),
    _city("东莞 广东 441900 south CNYTN CNSZX", "厚街镇康乐北路 虎门镇连升路 长安镇振安路"),
    _city("佛山 广东 440600 south CNNSA CNCAN", "顺德区乐从大道 南海区桂城南海大道 禅城区季华五路"),
    _city("厦门 福建 350200 south CNXMN CNXMN", "湖里区安岭路 思明区湖滨南路 同安区同集路"),
    _city("天津 天津 120100 north CNTXG CNTSN", "滨海新区第二大街 东丽区津塘公路 武清区雍阳西道"),
    _city("石家庄 河北 130100 north CNTXG CNTSN", "长安区中山东路 裕华区槐安东路"),
    _city("郑州 河南 410100 north CNQDG CNCGO", "金水区花园路 经开区航海东路"),
    _city("大连 辽宁 210200 north CNDLC CNDLC", "甘井子区中华路 金州区金马路"),
)

WEIGHTS = {"青岛": 9, "上海": 6, "潍坊": 3, "烟台": 3, "临沂": 3, "苏州": 3, "宁波": 3, "深圳": 2, "济南": 2, "东莞": 2}
"""How many times more often a city occurs than the others."""


def _ports(words: str) -> dict[str, str]:
    found = words.split()
    return dict(zip(found[::2], found[1::2], strict=True))


SEA = {
    "europe": _ports(
        "DEHAM 汉堡 NLRTM 鹿特丹 BEANR 安特卫普 GBFXT 费利克斯托 FRLEH 勒阿弗尔 ITGOA 热那亚 ESVLC 瓦伦西亚 PLGDN 格但斯克 "
        "GRPIR 比雷埃夫斯"
    ),
    "america": _ports(
        "USLAX 洛杉矶 USLGB 长滩 USNYC 纽约 USSAV 萨凡纳 USHOU 休斯敦 CAVAN 温哥华 MXZLO 曼萨尼约 BRSSZ 桑托斯 "
        "CLSAI 圣安东尼奥 PECLL 卡亚俄"
    ),
    "asia": _ports(
        "SGSIN 新加坡 THLCH 林查班 VNSGN 胡志明 MYPKG 巴生 IDJKT 雅加达 PHMNL 马尼拉 JPTYO 东京 JPOSA 大阪 KRPUS 釜山 "
        "INNSA 那瓦什瓦"
    ),
    "world": _ports(
        "AEJEA 杰贝阿里 SADMM 达曼 AUSYD 悉尼 AUMEL 墨尔本 ZADUR 德班 KEMBA 蒙巴萨 NGAPP 阿帕帕 EGPSD 塞得港 TRIST 伊斯坦布尔 "
        "RUVVO 海参崴"
    ),
}
"""Ports of discharge by trade, with the names that people use in talking."""

AIR = _ports(
    "DEFRA 法兰克福 NLAMS 阿姆斯特丹 GBLHR 伦敦 BELGG 列日 USLAX 洛杉矶 USORD 芝加哥 USJFK 纽约 JPNRT 东京 SGSIN 新加坡 "
    "AEDXB 迪拜 HUBUD 布达佩斯"
)
RAIL = _ports("DEDUI 杜伊斯堡 PLMAL 马拉舍维奇 RUMOW 莫斯科 KZALA 阿拉木图 UZTAS 塔什干 HUBUD 布达佩斯")

_HOME = "CN"
_NAMES = {code: name for ports in (*SEA.values(), AIR, RAIL) for code, name in ports.items()} | {"GBLIV": "利物浦"}


def abroad(lane: tuple[str, str]) -> str:
    """What people call the foreign end of a lane."""
    foreign = lane[0] if lane[1].startswith(_HOME) else lane[1]
    return _NAMES.get(foreign, foreign)
