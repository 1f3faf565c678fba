"""The full-text index of posts: FTS5 on SQLite, a text-search vector on PostgreSQL.

Words are folded (no accents, one case) before they are indexed and before they are looked for, so
both databases find "Siân" for "sian". Query words are joined by "or"; a higher score is better.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection, Float, Integer, Subquery, column, text

INDEX = {
    "sqlite": ("CREATE VIRTUAL TABLE post_words USING fts5(words, tokenize='porter unicode61')",),
    "postgresql": (
        "CREATE TABLE post_words (post_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
        "CREATE INDEX post_words_words ON post_words USING gin (words)",
    ),
}
"""What a migration runs to make the index."""

_WRITE = {
    "sqlite": ("INSERT OR REPLACE INTO post_words (rowid, words) VALUES (:post_id, :words)"),
    "postgresql": (
        "INSERT INTO post_words (post_id, words) VALUES (:post_id, to_tsvector('english', :words)) "
        "ON CONFLICT (post_id) DO UPDATE SET words = excluded.words"
    ),
}
_FORGET = {
    "sqlite": "DELETE FROM post_words WHERE rowid = :post_id",
    "postgresql": "DELETE FROM post_words WHERE post_id = :post_id",
}
_HITS = {
    "sqlite": (
        "SELECT rowid AS id, -bm25(post_words) AS score FROM post_words "
        "WHERE post_words MATCH :query"
    ),
    "postgresql": (
        "SELECT post_id AS id, ts_rank(words, websearch_to_tsquery('english', :query)) AS score "
        "FROM post_words WHERE words @@ websearch_to_tsquery('english', :query)"
    ),
}
_WRITES = {name: text(sql) for name, sql in _WRITE.items()}
_FORGETS = {name: text(sql) for name, sql in _FORGET.items()}


def fold(words: str) -> str:
    """``words`` without accents and in one case."""
    if words.isascii():
        return words.casefold()
    apart = unicodedata.normalize("NFKD", words)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()


def write(connection: Connection, post_id: int, words: str) -> None:
    """Index a post's words, in place of what was indexed for it before."""
    connection.execute(_WRITES[connection.dialect.name], {"post_id": post_id, "words": fold(words)})


def forget(connection: Connection, post_id: int) -> None:
    """Take a post out of the index."""
    connection.execute(_FORGETS[connection.dialect.name], {"post_id": post_id})


def hits(connection: Connection, words: Sequence[str]) -> Subquery | None:
    """Posts that hold any of ``words`` (each a word or a phrase), as (id, score); None where no
    word is left to look for."""
    terms = [term for term in (_term(one) for one in words) if term]
    if not terms:
        return None
    found = text(_HITS[connection.dialect.name]).bindparams(query=" OR ".join(terms))
    return found.columns(column("id", Integer), column("score", Float)).subquery("hits")


def _term(words: str) -> str:
    """A quoted phrase of letters and digits only: nothing in it is an operator."""
    bare = "".join(one if one.isalnum() else " " for one in fold(words))
    return f'"{" ".join(bare.split())}"' if bare.strip() else ""
