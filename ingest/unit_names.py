"""Names of responsible units in one spelling: 市教育局, 泉州市教育局 and 教育局 are one."""

import re

_PLACE = re.compile(
    r"^(?:中共)?(?:[\u4e00-\u9fff]{2,4}?(?:省|市|县|区|州))?(?:省|市|县|区|州|本)?(?:直)?(?=[\u4e00-\u9fff]{2,})"
)
_SPELLINGS = {
    "编办": "委编办",
    "委机构编制委员会办公室": "委编办",
    "编制办": "委编办",
    "人社局": "人力资源和社会保障局",
    "人力资源社会保障局": "人力资源和社会保障局",
    "人社厅": "人力资源和社会保障厅",
    "人社部": "人力资源社会保障部",
    "住建局": "住房和城乡建设局",
    "住房城乡建设局": "住房和城乡建设局",
    "住房建设局": "住房和城乡建设局",
    "卫健局": "卫生健康局",
    "卫健委": "卫生健康委员会",
    "卫生健康委": "卫生健康委员会",
    "发改局": "发展和改革局",
    "发改委": "发展和改革委员会",
    "发展改革委": "发展和改革委员会",
    "发展改革局": "发展和改革局",
    "工信局": "工业和信息化局",
    "工信委": "工业和信息化委员会",
    "自规局": "自然资源和规划局",
    "资规局": "自然资源和规划局",
    "文旅局": "文化和旅游局",
    "文广旅局": "文化广电和旅游局",
    "农业农村局": "农业农村局",
    "市监局": "市场监督管理局",
    "市场监管局": "市场监督管理局",
    "残联": "残疾人联合会",
    "妇联": "妇女联合会",
    "团委": "共青团委员会",
    "共青团": "共青团委员会",
    "关工委": "关心下一代工作委员会",
    "城管局": "城市管理局",
    "财办": "财政局",
    "政法委": "委政法委",
    "宣传部": "委宣传部",
    "组织部": "委组织部",
    "网信办": "委网信办",
    "进修学校": "教师进修学校",
}


def unit_key(name: str) -> str:
    """The name that units are compared by, without place and in full.

    >>> unit_key("市教育局"), unit_key("泉州市教育局"), unit_key("教育局"), unit_key("市委编办"), unit_key("编办")
    ('教育局', '教育局', '教育局', '委编办', '委编办')
    """
    words = re.sub(r"\s+|等(?:部门|单位)?$", "", name)
    if re.match(r"各|有关|相关", words):
        return words
    short = _PLACE.sub("", words, count=1)
    short = short if len(short) >= 2 else words
    return _SPELLINGS.get(short, short)


def is_unit(name: str, wanted: str) -> bool:
    """Tell whether a unit's name is the one that was asked for, in whatever spelling, or holds it.

    >>> is_unit("市人社局", "人力资源和社会保障局"), is_unit("市教育局", "财政局")
    (True, False)
    """
    one, other = unit_key(name), unit_key(wanted)
    return one == other or (len(other) >= 3 and other in one)
