"""Words as office files can hold them."""


def printable(words: str) -> str:
    """Words without the control characters that XML can't hold."""
    return "".join(char for char in words if char >= " " or char in "\t\n")
