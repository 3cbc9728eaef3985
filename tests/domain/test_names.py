import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import LEGAL_SUFFIXES, name_key

SAME = [
    ("青岛海航物流有限公司", "青岛海航物流"),
    ("青岛海航物流有限公司", "青岛海航物流股份有限公司"),
    ("青岛海航物流有限公司", "青岛海航物流有限责任公司"),
    ("青岛海航物流有限公司", "青岛海航物流公司"),
    ("海航（青岛）物流有限公司", "海航(青岛)物流有限公司"),
    ("海航【青岛】物流", "海航青岛物流"),
    ("青岛 海航　物流", "青岛海航物流"),
    ("Blue Anchor", "BLUE  ANCHOR"),
    ("Blue Anchor Co., Ltd.", "Blue Anchor"),
    ("Blue Anchor Co., Limited", "Blue Anchor Co Ltd"),
    ("Blue Anchor Company Limited", "blue anchor ltd"),
    ("Ｂｌｕｅ　Ａｎｃｈｏｒ", "blue anchor"),
    ("Blue-Anchor, Inc.", "Blue Anchor"),
    ("Großmann GmbH", "GROSSMANN"),
    ("３Ｍ中国", "3M中国"),
]

DIFFERENT = [
    ("青岛海航物流", "青岛海航国际物流"),
    ("海航（青岛）物流", "海航（宁波）物流"),
    ("Blue Anchor", "Blue Anchors"),
    ("Blue Anchor 1", "Blue Anchor 2"),
    ("公司", "有限公司"),
]


class TestNameKey:
    @pytest.mark.parametrize(("one", "other"), SAME)
    def test_what_differs_in_writing_only_is_one_company(self, one, other):
        assert name_key(one) == name_key(other)

    @pytest.mark.parametrize(("one", "other"), DIFFERENT)
    def test_what_differs_in_more_is_not(self, one, other):
        assert name_key(one) != name_key(other)

    @pytest.mark.parametrize("signs", ["", " ", "()", "——", "…。", "___"])
    def test_signs_alone_are_no_name(self, signs):
        assert name_key(signs) == ""

    @pytest.mark.parametrize("suffix", LEGAL_SUFFIXES)
    def test_a_suffix_alone_is_still_a_name(self, suffix):
        assert name_key(suffix)

    @given(st.text("abcXYZ09海航物流公司", min_size=1, max_size=12))
    def test_case_spaces_brackets_and_suffix_never_count(self, name):
        dressed = f" （{name}） 有限公司"
        assert name_key(dressed) == name_key(name + "有限公司")
        assert name_key(name.upper()) == name_key(name.lower())
