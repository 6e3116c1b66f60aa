"""The content policy of every answer, strict enough that injected text stays text."""

from django.utils.csp import CSP

TRUSTED_TYPES = ["htmx"]
"""The named policies that may write markup: htmx alone, whose policy is guarded by the page's nonce."""

POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": TRUSTED_TYPES,
}
