"""Why something cannot be done: a code with its words, said in the reader's language when shown.

A leaf module: everybody may import it. A room declares an exception of
its own with the sentences it knows; a page calls :meth:`Refusal.say`.
"""

from __future__ import annotations

from typing import ClassVar

from petitbleu.catalogues import SOURCE, Catalogue

Sentences = Catalogue
"""Language -> code -> the sentence, without capital and full stop; the same ``{words}`` in all."""


class Refusal(Exception):
    """``Refused("no_field", name="…")``. As text it is English: for commands and the server's log.

    Words may be refusals of another room: they are said in the same language.
    """

    SAID: ClassVar[Sentences]

    def __init__(self, code: str, /, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words

    def __str__(self) -> str:
        return self._filled(SOURCE)

    def say(self, language: str) -> str:
        """The whole sentence."""
        said = self._filled(language)
        return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")

    def _filled(self, language: str) -> str:
        words = {
            name: word._filled(language) if isinstance(word, Refusal) else word
            for name, word in self.words.items()
        }
        return self.SAID.say(language, self.code, **words)
