"""A report as JSON, for other programs and for the next report. `docs/report.md` says what stands in it."""

from __future__ import annotations

import json
from typing import Any

from pulumi_scalekit.model.finding import Finding
from pulumi_scalekit.report import wording
from pulumi_scalekit.report.happening import Happening
from pulumi_scalekit.report.report import Certificate, Drift, Report, TenantReport

VERSION = 1


def as_json(report: Report) -> str:
    """The report. Values are words, as in the other formats: secrets are not in it."""
    found = {
        "kind": "report",
        "version": VERSION,
        "environmentUrl": report.environment_url,
        "stacks": list(report.stacks),
        "made": report.made.isoformat(timespec="seconds"),
        "headline": wording.headline(report),
        "totals": {
            "managed": report.managed,
            "drifted": len(report.drifted),
            "unmanaged": len(report.unmanaged),
            "notCompared": report.hidden,
        },
        "elsewhere": report.elsewhere,
        "unreadable": [{"label": label, "reason": reason} for label, reason in report.unreadable],
        "undated": report.undated or None,
        "adopt": report.include,
        "tenants": [_tenant(each) for each in report.tenants],
        "certificates": [_certificate(each) for each in report.certificates],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _tenant(tenant: TenantReport) -> dict[str, Any]:
    return {
        "title": tenant.tenant.title,
        "id": tenant.tenant.id,
        "drift": [_drift(each) for each in tenant.drift],
        "settings": [
            {
                "label": each.label,
                "key": each.key,
                "path": each.path,
                "value": each.value,
                "before": each.before,
                "happened": _happened(each.happening),
            }
            for each in tenant.settings
        ],
        "unmanaged": [
            {
                "label": each.label,
                "kind": each.kind,
                "importId": each.import_id,
                "happened": _happened(each.happening),
            }
            for each in tenant.unmanaged
        ],
        "health": [{"label": each.label, **_finding(each.finding)} for each in tenant.health],
    }


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "label": drift.label,
        "name": drift.name,
        "urn": drift.urn,
        "stack": drift.stack,
        "gone": drift.gone,
        "happened": _happened(drift.happening),
        "sentence": drift.sentence,
        "repair": drift.repair,
        "properties": [
            {"path": change.path, "declared": declared, "there": there}
            for change in drift.changes
            for declared, there in [wording.values(change)]
        ],
        "findings": [_finding(each) for each in drift.findings],
    }


def _happened(happening: Happening | None) -> dict[str, str] | None:
    if happening is None or happening.at is None:
        return None
    return {"what": happening.what, "at": happening.at.isoformat()}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "severity": finding.severity, "path": finding.path, "sentence": finding.sentence}


def _certificate(certificate: Certificate) -> dict[str, Any]:
    held = certificate.details
    return {
        "tenant": certificate.tenant,
        "label": certificate.label,
        "subject": held.subject,
        "issuer": held.issuer,
        "validFrom": held.valid_from.isoformat(),
        "validUntil": held.valid_until.isoformat(),
        "daysLeft": held.days_left,
        "sha256": held.fingerprint,
        "managed": certificate.managed,
    }
