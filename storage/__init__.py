"""Where it is all kept: tables, books, the ledger's SQL, the search index and migrations."""
