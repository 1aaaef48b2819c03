"""What Stripe takes in one charge ("Supported currencies", minimum and maximum charge amounts)."""

LARGEST = 99_999_999  # eight digits in the currency's smallest unit

_LEAST_ELSEWHERE = 50
_LEAST = {
    "aed": 200,
    "bgn": 100,
    "czk": 1500,
    "dkk": 250,
    "gbp": 30,
    "hkd": 400,
    "huf": 17_500,
    "mxn": 1000,
    "myr": 200,
    "nok": 300,
    "pln": 200,
    "ron": 200,
    "sek": 300,
    "thb": 1000,
}
ZERO_DECIMAL = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split())


def least_charge(currency: str) -> int:
    return _LEAST.get(currency, _LEAST_ELSEWHERE)
