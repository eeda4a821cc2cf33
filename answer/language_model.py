"""A language model behind an OpenAI-compatible endpoint (DeepSeek, Qwen, vLLM, Ollama …). The only door to one."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ingest.errors import LanguageModelError

URL, MODEL, KEY, SECONDS = "YINJU_LLM_URL", "YINJU_LLM_MODEL", "YINJU_LLM_KEY", "YINJU_LLM_SECONDS"
"""Names of the settings in the environment. The key is never stored, shown or logged."""

LONGEST = 8000
"""Characters of an answer that are read; what a model says beyond is not listened to."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where a model answers."""

    url: str  # up to and with /v1
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0  # for the whole answer


class Talk(Protocol):
    """What an answer needs of a language model."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The answer in pieces as they come. Raises LanguageModelError."""


def settings_in(environment: Mapping[str, str]) -> ModelSettings | None:
    """The settings, None where no model is set."""
    url, model = environment.get(URL, "").strip(), environment.get(MODEL, "").strip()
    if not url or not model:
        return None
    seconds = environment.get(SECONDS, "")
    return ModelSettings(url, model, environment.get(KEY, ""), float(seconds) if seconds.isdecimal() else 60.0)


class ChatModel:
    """A chat model through LangChain."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        """The model's name, for people."""
        return self._settings.model

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The answer in pieces as they come. Raises LanguageModelError, whatever went wrong, without the key."""
        from langchain_openai import ChatOpenAI  # slow to import, and needed only where a model is set

        settings = self._settings
        ends, length = time.monotonic() + settings.seconds, 0
        try:
            model = ChatOpenAI(
                model=settings.model,
                base_url=settings.url,
                api_key=settings.key or "none",  # type: ignore[arg-type]  # a string is taken too
                temperature=0,
                timeout=settings.seconds,
                max_retries=0,
            )
            for chunk in model.stream([("system", system), ("human", user)]):
                piece = chunk.content if isinstance(chunk.content, str) else ""
                length += len(piece)
                yield piece
                if time.monotonic() > ends:
                    raise LanguageModelError(f"语言模型超过{settings.seconds:.0f}秒没有答完")
                if length > LONGEST:
                    return
        except LanguageModelError:
            raise
        except Exception as error:  # the client raises many kinds; their texts may hold what was sent
            raise LanguageModelError(f"语言模型没有答成（{type(error).__name__}）") from None
