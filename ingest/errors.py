"""All errors of Yinju in one tree; each message names the offending value and the cure.

YinjuError
├── ReadError                a file can't become a document
│   ├── UnsupportedFormat
│   ├── EmptyFile
│   ├── EncryptedFile
│   ├── NoText
│   ├── UndecodableText
│   ├── DamagedFile
│   ├── FileTooLarge
│   ├── ClassifiedFile
│   ├── ReadTimeout
│   └── UnusableName
├── LibraryError             a library can't do what was asked
│   ├── LibraryMissing
│   ├── LibraryDamaged
│   ├── ModelMismatch
│   └── UnknownDocument
├── ModelError               an embedding model can't be loaded or used
├── LanguageModelError       a language model can't be reached, or did not answer
├── QuestionError            a question can't be searched for
└── UsageError               wrong arguments or input rows
"""

__all__ = [
    "ClassifiedFile",
    "DamagedFile",
    "EmptyFile",
    "EncryptedFile",
    "FileTooLarge",
    "LanguageModelError",
    "LibraryDamaged",
    "LibraryError",
    "LibraryMissing",
    "ModelError",
    "ModelMismatch",
    "NoText",
    "QuestionError",
    "ReadError",
    "ReadTimeout",
    "UndecodableText",
    "UnknownDocument",
    "UnsupportedFormat",
    "UnusableName",
    "UsageError",
    "YinjuError",
]


class YinjuError(Exception):
    """Base of every error that Yinju raises on purpose; ends a command with one line."""


class ReadError(YinjuError):
    """Raised when a file can't become a document.

    `file` is the name shown to the user, `reason` what is wrong, `cure` what to do about it;
    the message is all three, in Chinese, because librarians read it on the page.
    """

    def __init__(self, file: str, reason: str, cure: str) -> None:
        super().__init__(f"{file}：{reason}。{cure}。")
        self.file = file
        self.reason = reason
        self.cure = cure


class UnsupportedFormat(ReadError):
    """Raised when the content of a file is of no format that can be read."""


class EmptyFile(ReadError):
    """Raised when a file holds no character besides white space."""


class EncryptedFile(ReadError):
    """Raised when a file needs a password."""


class NoText(ReadError):
    """Raised when a file has pages but no text in them, such as a scan."""


class UndecodableText(ReadError):
    """Raised when the bytes of a text file fit no encoding that can be named with certainty."""


class DamagedFile(ReadError):
    """Raised when a file is cut off or breaks the rules of its own format."""


class FileTooLarge(ReadError):
    """Raised when a file, or what it unpacks to, is over the limit."""


class ClassifiedFile(ReadError):
    """Raised when a file carries a mark of secrecy (秘密, 机密, 绝密)."""


class ReadTimeout(ReadError):
    """Raised when reading a file made no progress for too long and was ended."""


class UnusableName(ReadError):
    """Raised when a document can't be told from others by its file's name: it is taken, or no readable text."""


class LibraryError(YinjuError):
    """Raised when a library can't do what was asked."""


class LibraryMissing(LibraryError):
    """Raised when the named folder holds no library."""


class LibraryDamaged(LibraryError):
    """Raised when the library file can't be opened or is of an unknown format version."""


class ModelMismatch(LibraryError):
    """Raised when a library was embedded with another model than the one in use."""


class UnknownDocument(LibraryError):
    """Raised when no document of the library has the given id."""


class ModelError(YinjuError):
    """Raised when an embedding model can't be loaded or used."""


class LanguageModelError(YinjuError):
    """Raised when a language model can't be reached, or did not answer; the message never holds the key."""


class QuestionError(YinjuError):
    """Raised when a question is empty or too long to be searched for."""


class UsageError(YinjuError):
    """Raised when arguments or input rows are not of the documented form."""
