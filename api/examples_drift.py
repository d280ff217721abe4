"""The example of drift: two digits of a number changed places between the ministry and a page that names it."""

from __future__ import annotations

from provenance.answers_drift import DriftItem

DRIFT = DriftItem.model_validate(
    {
        "field": "figure",
        "kind": "transposed_digits",
        "from": "317",
        "to": "137",
        "sure": "certain",
        "against": "earliest",
        "stronger": False,
        "reason": (
            "“317” in the earliest report that says so (Rosbalt, 2022-01-05T15:33Z) is “137” in d1softballnews, "
            "2022-01-06: two neighbouring digits changed places."
        ),
        "before": {
            "report": "rep_w5k3rosbaltinjured",
            "document": "doc_w5k3rosbalt",
            "publisher": "Rosbalt",
            "publisher_id": "src_w5k3rosbalt",
            "published_at": "2022-01-05T15:33Z",
            "figure": "fig_w5k3rosbaltinjured",
        },
        "after": {
            "report": "rep_w5k3softballinjured",
            "document": "doc_w5k3softball",
            "publisher": "d1softballnews",
            "publisher_id": "src_w5k3softball",
            "published_at": "2022-01-06",
            "figure": "fig_w5k3softballinjured",
        },
    }
)
