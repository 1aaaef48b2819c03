"""What every edge does with a published app, wherever it is: on this machine, or at Cloudflare.

The tests know an address and the protocols Edge and EdgeRoutes, nothing else. To hold a Cloudflare account to them:

    CONFORMANCE_APPS_URL='https://{slug}.apps.example.com' \\
    CONFORMANCE_SETTINGS='{"OVERSKILL_EDGE": "cloudflare", "CLOUDFLARE_API_TOKEN": "…", …}' \\
    .venv/bin/pytest tests/edge/conformance --allow-hosts=…
"""
