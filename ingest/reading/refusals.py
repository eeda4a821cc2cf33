"""The formats that are recognised but not read, with what to do about each."""

from ingest.errors import DamagedFile, EncryptedFile, ReadError, UnsupportedFormat

READABLE = "TXT、MD、HTML、MHTML、PDF、OFD、DOCX、DOC、RTF、ODT、XLSX、XLS、ODS 或图片"
"""What a librarian may add instead of a file that can't be read."""

_DOCUMENT_CURE = "请另存为 .docx 或 PDF 后再添加"
_UNREAD = {
    "odf": ("这是 OpenDocument 演示文稿或图形文件，不能读取", "请导出为 PDF 后再添加"),
    "ppt": ("这是旧版 PowerPoint（.ppt）文件，暂不能读取", "请导出为 PDF 后再添加"),
    "pptx": ("这是 PowerPoint（.pptx）文件，暂不能读取", "请导出为 PDF 后再添加"),
    "archive": ("这是压缩包，不能直接读取", "请解压后添加其中的文件"),
    "xml": ("这是 XML 文件，暂不能读取", _DOCUMENT_CURE),
    "data": (
        "这是数据、程序、设置或日志文件，不是政策文件",
        f"请添加 {READABLE} 文件；确是文件正文的，请改名为 .txt",
    ),
    "epub": ("这是电子书（EPUB）文件，暂不能读取", _DOCUMENT_CURE),
    "caj": ("这是 CAJ 文件，暂不能读取", "请用 CAJViewer 另存为 PDF 后再添加"),
    "postscript": ("这是 PostScript 文件，暂不能读取", "请转换为 PDF 后再添加"),
    "ole": ("这是旧版 Office 或 WPS 文件，暂不能读取", _DOCUMENT_CURE),
}


def refusal(file: str, kind: str) -> ReadError:
    """Make the error for a format that has no reader."""
    if kind == "encrypted":
        return EncryptedFile(file, "文件设有打开密码", "请在 Word 或 WPS 中取消密码后再添加")
    if kind == "broken_zip":
        return DamagedFile(file, "压缩格式的文件不完整，打不开", "请重新获取文件后再添加")
    reason, cure = _UNREAD.get(kind, ("不认识的文件格式", f"请添加 {READABLE} 文件"))
    return UnsupportedFormat(file, reason, cure)
