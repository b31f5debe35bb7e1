"""What amounts are counted in: currencies, and units with the factor to that of their dimension."""

from __future__ import annotations

CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "rmb": "CNY",
    "rs": "INR",
    "chf": "CHF",
}
CURRENCY_WORDS = {
    word: code
    for code, words in {
        "USD": "dollar dollars",
        "EUR": "euro euros",
        "GBP": "pound pounds",
        "JPY": "yen",
        "CNY": "yuan renminbi",
        "INR": "rupees",
        "RUB": "roubles rubles",
        "CHF": "francs",
        "UAH": "hryvnia",
    }.items()
    for word in words.split()
}
MEASURES = {
    word: (unit, factor)
    for unit, factor, words in (
        ("m", 1e3, "km kilometre kilometres kilometer kilometers"),
        ("m", 1, "m metre metres meter meters"),
        ("m", 1609.344, "mile miles"),
        ("m", 0.3048, "foot feet ft"),
        ("m", 0.01, "cm"),
        ("m", 0.001, "mm"),
        ("m", 0.0254, "inches inch"),
        ("kg", 1, "kg kilogram kilograms kilos"),
        ("kg", 1e3, "tonne tonnes"),
        ("kg", 907.18474, "tons ton"),
        ("kg", 0.45359237, "pounds"),
        ("s", 1, "second seconds"),
        ("s", 60, "minute minutes"),
        ("s", 3600, "hour hours"),
        ("s", 86400, "day days"),
        ("s", 604800, "week weeks"),
        ("s", 2629800, "month months"),
        ("s", 31557600, "year years"),
        ("degrees", 1, "degree degrees"),
        ("m/s", 0.44704, "mph"),
        ("m/s", 1 / 3.6, "kph km/h"),
        ("barrels", 1, "barrels"),
        ("m2", 4046.8564, "acres"),
        ("m2", 1e4, "hectares"),
        ("l", 1, "litres liters"),
        ("l", 3.785411784, "gallons"),
        ("W", 1e6, "megawatts"),
        ("W", 1e9, "gigawatts"),
        ("V", 1, "volts"),
    )
    for word in words.split()
}
"""Words for units, as the unit of their dimension and the factor to it."""
