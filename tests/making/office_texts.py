"""Paragraphs for files made in tests: a heading, and two points of more than two lines each."""

FIRST = "一、总体要求"
LONG = (
    "（一）坚持党的领导，全面贯彻党的教育方针，落实立德树人根本任务，促进学生全面发展，"
    "办好人民满意的教育，推进教育现代化建设。"
)
NEXT = (
    "（二）各区教育局要根据实际制定方案，明确责任单位，于年底前报送工作总结，不得瞒报漏报，"
    "确保各项任务按期完成并取得实效。"
)
