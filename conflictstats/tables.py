"""The tables' contract: which columns there are, in which order, of which type."""

CLAIM_COLUMNS: dict[str, str] = {
    "claim_id": "string", "article_id": "string", "published": "date", "conflict": "string",
    "event": "string", "item": "string", "variant": "string", "noun": "string", "predicate": "string",
    "unit": "string", "low": "float64", "best": "float64", "high": "float64",
    "hedge": "string", "status": "string", "aggregation": "string",
    "source": "string", "source_id": "string", "source_office": "string", "source_side": "string",
    "voice": "string", "actor": "string", "target": "string",
    "period_start": "date", "period_end": "date", "period_text": "string", "period_basis": "string",
    "place": "string", "place_id": "string", "region": "string", "country": "string",
    "lat": "float64", "lon": "float64", "place_basis": "string",
    "incident": "string", "part_of": "string",
    "text": "string", "start": "int64", "end": "int64", "sentence": "string",
    "evidence": "string", "extractor": "string",
}  # fmt: skip
ARTICLE_COLUMNS: dict[str, str] = {
    "article_id": "string", "published": "date", "published_basis": "string", "outlet": "string",
    "title": "string", "url": "string", "language": "string", "conflicts": "string",
    "text": "string", "sha256": "string",
}  # fmt: skip
REJECT_COLUMNS: dict[str, str] = {"path": "string", "reason": "string"}
