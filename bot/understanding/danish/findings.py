"""What the components find out about each word of a document: `doc._.NAME` has it for all, `token._.NAME` for one.

It is kept as one list for a document: a token's own attributes take long to ask for, and each word is asked many times.
"""

from typing import Any, List

from spacy.tokens import Doc, Token


def register(name: str, nothing: Any) -> None:
    """Let documents and tokens have `name`; a token that nothing was found out about has `nothing`."""
    if Doc.has_extension(name):
        return
    Doc.set_extension(name, default=None)

    def of_token(token: Token) -> Any:
        """Return what was found out about the token."""
        found: List[Any] = token.doc._.get(name)
        return nothing if found is None else found[token.i]

    Token.set_extension(name, getter=of_token)
