"""What the pictures of the documentation show is what the commands print."""

import re

import pytest

from tools.pictures.story import outputs

pytestmark = pytest.mark.engine


def test_the_pictures_show_what_happened(tmp_path, engine_folder):
    told = outputs(tmp_path, engine_folder)

    assert told.demo.count("\n") <= 50, "a story, not the engine's output"
    assert "   … and what no stack manages\n   To repair, `pulumi up --refresh`" in told.demo
    assert re.findall(r"^\d(?=\. )", told.demo, re.MULTILINE) == ["1", "2", "3", "4", "5", "6"]
    assert "   + Organization acme, globex, initech\n" in told.demo
    assert "uiButtonTitle: Sign in with Acme => Log in" in told.demo
    assert "   ~ Connection acme-sso (oidc, uiButtonTitle), globex-sso (saml)\n" in told.demo
    assert "nobody of the organization can sign in with this connection any more" in told.review
    assert "Old: CN=Globex 2025" in told.review
    assert "`uiButtonTitle`: declared `Sign in with Acme`, there `Log in`" in told.issue
    assert "`enabled`: declared `true`, there `false`" in told.issue
    assert "### All tenants\n" in told.issue
    assert "adopt --out FOLDER --include umbrella" in told.issue
    assert "Umbrella Corporation" in told.report
    assert "Saved." in told.portal
    assert 'value="Log in"' in told.portal
    assert "Umbrella Corporation" in told.dashboard
    assert "<style>:root" in told.portal
    assert "s3cret" not in told.demo + told.review + told.issue + told.report + told.portal + told.dashboard
