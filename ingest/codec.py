"""Documents as JSON, to hand them from one process to another: lists of the fields of each dataclass, in order."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ingest import errors
from ingest.document import Document
from ingest.errors import ReadError

_KINDS = {name: getattr(errors, name) for name in errors.__all__}
_Decoder = Callable[[Any], Any]


def encode(result: Document | ReadError) -> bytes:
    """The JSON of a document or of the error that came in its place."""
    if isinstance(result, ReadError):
        plain: list[Any] = ["error", type(result).__name__, result.file, result.reason, result.cure]
    else:
        plain = ["document", _plain(result)]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> Document | ReadError:
    """What `encode` was given. Raises ValueError for other bytes."""
    kind, *values = json.loads(data.decode("utf-8", "surrogatepass"))
    if kind == "document":
        document: Document = _decoder(Document)(values[0])
        return document
    name, file, reason, cure = values
    error: ReadError = _KINDS[name](file, reason, cure)
    return error


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        kind: type = type(value)
        return [_plain(getattr(value, name)) for name in _names(kind)]
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _decoder(kind: Any) -> _Decoder:
    """How values of a type are made of their JSON."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        parts = [_decoder(hints[name]) for name in _names(kind)]
        return lambda values: kind(*(part(value) for part, value in zip(parts, values, strict=True)))
    if get_origin(kind) is tuple:
        return _tuple_decoder(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (each for each in get_args(kind) if each is not NoneType)
        part = _decoder(inner)
        return lambda value: None if value is None else part(value)
    return lambda value: value


def _tuple_decoder(inner: tuple[Any, ...]) -> _Decoder:
    if len(inner) == 2 and inner[1] is Ellipsis:
        part = _decoder(inner[0])
        return lambda values: tuple(part(value) for value in values)
    parts = [_decoder(each) for each in inner]
    return lambda values: tuple(part(value) for part, value in zip(parts, values, strict=True))
