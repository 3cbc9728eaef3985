"""Foreign consignees: no credit code, their own countries, telephone numbers from ranges reserved for fiction or none at all."""

from domain.customers import NewContact, NewCustomer
from domain.stages import Level


def _firm(place: str, name: str, industry: str, commodity: str, lanes: str, contact: NewContact, level: Level) -> NewCustomer:
    country, city = place.split(" · ")
    return NewCustomer(
        name=name,
        short_name=name.split(maxsplit=1)[0],
        source="海外代理推荐",
        city=city,
        country=country,
        industry=industry,
        level=level,
        contacts=(contact,),
        services=("fcl", "customs"),
        direction="import",
        lanes=tuple((lane[:5], lane[5:]) for lane in lanes.split()),
        commodity=commodity,
        website=f"https://www.{_domain(name)}",
    )


def _domain(name: str) -> str:
    return "".join(char for char in name.split(maxsplit=1)[0].casefold() if char.isascii() and char.isalnum()) + ".example.com"


def _buyer(name: str, firm: str, title: str, phone: str | None = None) -> NewContact:
    first = name.split(maxsplit=1)[0].casefold()
    return NewContact(name=name, phone=phone, email=f"{first}@{firm}.example.com", title=title)


ABROAD = (
    _firm("德国 · 汉堡", "Nordkai Möbelhandel GmbH", "家具木业", "实木餐桌椅", "CNQDGDEHAM CNSHADEHAM",
          _buyer("Katrin Ahlers", "nordkai", "Import Manager", "+49 40 66969 118"), Level.A),
    _firm("德国 · 杜伊斯堡", "Rheintal Werkzeug GmbH", "五金工具", "手动工具套装", "CNNGBDEDUI",
          _buyer("Jonas Brandt", "rheintal", "Einkauf", "+49 30 23125 204"), Level.B),
    _firm("英国 · 费利克斯托", "Orwell & Stour Trading Ltd", "贸易", "日用百货", "CNNGBGBFXT CNYTNGBFXT",
          _buyer("Emily Hargreaves", "orwell", "Buyer", "+44 20 7946 0321"), Level.B),
    _firm("英国 · 利物浦", "Merseybank Tyre Company Limited", "轮胎橡胶", "半钢轮胎", "CNQDGGBLIV",
          _buyer("Thomas Whitlock", "merseybank", "Supply Chain Lead", "+44 20 7946 0587"), Level.C),
    _firm("美国 · 洛杉矶", "Palos Verde Home Goods Inc", "家具木业", "软体沙发", "CNQDGUSLAX CNYTNUSLGB",
          _buyer("Daniel Reyes", "palos", "Logistics Manager", "+1 213 555 0142"), Level.A),
    _firm("美国 · 休斯敦", "Bayou Crest Industrial Supply LLC", "机械设备", "液压件", "CNSHAUSHOU",
          _buyer("Megan Foster", "bayou", "Procurement", "+1 713 555 0177"), Level.B),
    _firm("美国 · 纽约", "Hudson Lark Apparel Corp", "纺织服装", "户外夹克", "CNSHAUSNYC CNPVGUSJFK",
          _buyer("Rachel Stein", "hudson", "Sourcing Director", "+1 212 555 0163"), Level.B),
    _firm("澳大利亚 · 悉尼", "Bluegum Glassware Pty Ltd", "玻璃陶瓷", "玻璃瓶", "CNQDGAUSYD",
          _buyer("Liam Carter", "bluegum", "Purchasing", "+61 2 5550 4410"), Level.C),
    _firm("荷兰 · 鹿特丹", "Maasvlakte Food Import B.V.", "食品农产", "脱水大蒜", "CNQDGNLRTM",
          _buyer("Sanne de Vries", "maasvlakte", "Import Coordinator"), Level.A),
    _firm("西班牙 · 瓦伦西亚", "Azahar Cerámica Distribución S.L.", "玻璃陶瓷", "卫浴陶瓷", "CNXMNESVLC",
          _buyer("Lucía Ferrer", "azahar", "Compras"), Level.C),
    _firm("阿联酋 · 迪拜", "Al Marsa Building Materials LLC", "贸易", "建材", "CNNSAAEJEA CNSHAAEJEA",
          _buyer("Omar Haddad", "almarsa", "General Manager"), Level.B),
    _firm("日本 · 大阪", "Naniwa Kaisan Trading", "水产", "冷冻鱿鱼", "CNQDGJPOSA",
          _buyer("Kenji Murata", "naniwa", "Purchasing"), Level.B),
    _firm("智利 · 圣安东尼奥", "Austral Repuestos SpA", "汽车零部件", "刹车盘", "CNSHACLSAI",
          _buyer("Camila Rojas", "austral", "Importaciones"), Level.D),
    _firm("哈萨克斯坦 · 阿拉木图", "Tengri Avto Trade", "汽车零部件", "减震器", "CNXIYKZALA",
          _buyer("Aigerim Sultanova", "tengri", "Logistics"), Level.C),
)  # fmt: skip
"""Buyers whose cargo is routed by them: they choose the forwarder."""
