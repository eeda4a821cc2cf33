"""Question understanding, evidence, composing, citing, refusing."""

from answer.answering import answer
from answer.records import Answer, Citation, Statement

__all__ = ["Answer", "Citation", "Statement", "answer"]
