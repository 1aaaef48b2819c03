"""Cloudflare: Workers for Platforms as the edge, KV for routes, and what else an account offers.

transport.py      one call: token, budget, retries, failures in words
budget.py         how many calls all processes together may make
failures.py       Cloudflare's codes and what they mean for whoever reads it

namespaces.py scripts.py assets.py secrets.py     what publishing needs
hostnames.py purging.py routing.py                the zone: domains, caches, which requests come to us
values.py analytics.py buckets.py databases.py    KV, figures, R2, D1
rights.py                                         what the token may do

versions.py edge.py routes.py usage.py            what the rest of OverSkill sees: Edge, EdgeRoutes, EdgeUsage
installation.py                                   `overskill cloudflare setup`
fake/                                             an account in memory, with the same answers
"""
