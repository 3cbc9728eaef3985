"""Makes made-by-pandas.xlsx as people make such files: what a system gave them, read into frames, written with the defaults.

Run it with pandas and openpyxl installed; the tests only read what it made.
"""

from pathlib import Path

import pandas as pd

CUSTOMERS = pd.DataFrame(
    {
        "客户名称": ["青岛海沃轮胎有限公司", "宁波恒信达五金有限公司", "烟台四明水产有限公司"],
        "统一社会信用代码": [None, "91330200MA12345679", None],
        "客户来源": ["展会", "网络询盘", "老客户介绍"],
        "级别": pd.Categorical(["A", None, "C"]),
        "城市": ["青岛", "宁波", "烟台"],
        "联系人": ["王芳", "李娜", "张伟"],
        "电话": [13800000001, None, 13800000003],
        "电子邮箱": [float("nan"), "lina@hengxinda.example.com", None],
        "服务": ["整箱; 报关", None, "空运"],
        "月货量": [24, 12.5, None],
        "货量单位": ["TEU", "TEU", None],
        "客户状态": ["潜在阶段", "报价阶段", "合作阶段"],
        "合作伙伴": [None, None, "四明水产"],
        "负责人登录名": [None, "an", "bai"],
        "录入时间": pd.to_datetime(["2025-03-01 14:00:00", None, "2024-12-31 23:59:59"]),
        "签单期限": [None, pd.Timestamp("2026-06-30"), pd.NaT],
        "备注": ["=1+1", None, "007"],
    }
)
FOLLOWUPS = pd.DataFrame(
    {
        "所属客户": ["宁波恒信达五金有限公司", "宁波恒信达五金有限公司"],
        "跟进时间": pd.to_datetime(["2025-06-01 09:30:00", "2025-07-01 00:00:00"]),
        "跟进人登录名": ["an", "xu"],
        "跟进方式": ["电话", None],
        "跟进内容": ["询问下半年货量", "寄出报价"],
        "下次跟进": [pd.Timestamp("2025-06-15"), None],
    }
)

if __name__ == "__main__":
    with pd.ExcelWriter(Path(__file__).with_name("made-by-pandas.xlsx"), engine="openpyxl") as book:
        CUSTOMERS.to_excel(book, sheet_name="Sheet1")
        FOLLOWUPS.to_excel(book, sheet_name="跟进记录")
