"""A review as JSON, for other programs. `docs/review.md` says what stands in it."""

from __future__ import annotations

import json
from typing import Any

from pulumi_scalekit.review import wording
from pulumi_scalekit.review.review import Review, Reviewed, ReviewedTenant

VERSION = 1


def as_json(review: Review) -> str:
    """The review. Values are words, as in the other formats: secrets are not in it."""
    return json.dumps(_review(review), indent=2, ensure_ascii=False) + "\n"


def _review(review: Review) -> dict[str, Any]:
    return {
        "version": VERSION,
        "failed": review.failed,
        "headline": wording.headline(review),
        "errors": [{"resource": about, "message": message} for about, message in review.errors],
        "totals": dict(review.totals),
        "otherProviders": dict(review.others),
        "findings": {name: review.severities[name] for name in ("error", "warning", "note")},
        "tenants": [_tenant(tenant) for tenant in review.tenants],
    }


def _tenant(tenant: ReviewedTenant) -> dict[str, Any]:
    return {
        "title": tenant.tenant.title,
        "id": tenant.tenant.id,
        "summary": wording.summary(tenant),
        "resources": [_resource(resource) for resource in tenant.resources],
    }


def _resource(resource: Reviewed) -> dict[str, Any]:
    return {
        "label": resource.label,
        "name": resource.name,
        "urn": resource.urn,
        "operation": resource.operation,
        "sentence": resource.sentence,
        "findings": [
            {"rule": each.rule, "severity": each.severity, "path": each.path, "sentence": each.sentence}
            for each in resource.findings
        ],
        "properties": [
            {"path": change.path, "old": old, "new": new, "replaces": change.replaces, "secret": change.secret}
            for change in resource.changes
            for old, new in [wording.values(change)]
        ],
    }
