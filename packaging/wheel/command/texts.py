"""What the command says where there is no Node.js, in English and Korean. The English text is the key, ``{0}``, ``{1}`` … are its holes."""

from __future__ import annotations

import locale as locales
import re
from typing import Mapping

from .korean import KOREAN


class Texts:
    """Turns an English message into the reader's language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def __call__(self, message: str, *holes: str) -> str:
        told = KOREAN.get(message, message) if self.locale == 'ko' else message
        return re.sub(r'\{(\d+)\}', lambda match: printable(holes[int(match[1])]), told)


def printable(text: str) -> str:
    """Paths and arguments are text for the terminal, never commands to it."""
    return ''.join(letter if letter.isprintable() else letter.encode('unicode_escape').decode('ascii') for letter in text)


def language(asked: str | None, env: Mapping[str, str]) -> Texts:
    """The language that was asked for, else that of the system's messages."""
    wish = asked or env.get('LC_ALL') or env.get('LC_MESSAGES') or env.get('LANG') or locales.getlocale()[0] or ''
    return Texts('ko' if re.match(r'ko(rean)?($|[-_.])', wish, re.IGNORECASE) else 'en')
