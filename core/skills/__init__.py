"""Skills: a taxonomy with synonyms, and finding its entries in people's own words."""
