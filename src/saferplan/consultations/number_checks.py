"""Whether digits can be the number they look like."""

import re

WEIGHTS_NHS = range(10, 1, -1)
DATE_LIKE = re.compile(r"\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
INLAND = {10, 11}  # digits of a number dialled inland, with its nought


def digits_of(words: str) -> str:
    return re.sub(r"\D", "", words)


def is_telephone(words: str) -> bool:
    """
    Whether digits are a telephone number as dialled in or to the United Kingdom.

    >>> [is_telephone(each) for each in ("+44 (0)20 7946 0018", "07700900123", "0207")]
    [True, True, False]
    """
    if "/" in words or DATE_LIKE.match(words):
        return False
    digits = digits_of(words)
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and (abroad != "44" or "+" in words[:2]):
            rest = digits[len(abroad) :].removeprefix("0")
            return len(rest) in {9, 10} and rest[0] in "1235789"
    if words.lstrip("(").startswith("+"):
        return 9 <= len(digits) <= 15
    if digits.startswith("44") and len(digits) == 12:
        return digits[2] in "12378"
    return (
        len(digits) in INLAND
        and digits[0] == "0"
        and digits[1] in "1235789"
        and (len(digits) == 11 or digits[1] in "18")
    )


def is_card(words: str) -> bool:
    """
    Whether digits have the check digit of a payment card (Luhn's).

    >>> is_card("4111 1111 1111 1111"), is_card("4111 1111 1111 1112")
    (True, False)
    """
    digits, groups = digits_of(words), re.findall(r"\d+", words)
    if any(len(group) < 4 for group in groups[:-1]):
        return False  # nobody writes a card's number in threes
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456" or "+" in words:
        return False
    doubled = [
        sum(divmod(2 * int(digit), 10)) if place % 2 else int(digit)
        for place, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0


def is_nhs_number(words: str) -> bool:
    """
    Whether ten digits have the check digit of an NHS number (modulus 11).

    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = digits_of(words)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(
        weight * int(digit) for weight, digit in zip(WEIGHTS_NHS, digits, strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[-1])


def is_ip(words: str) -> bool:
    """
    >>> is_ip("192.168.0.12"), is_ip("1.2.3.400")
    (True, False)
    """
    parts = words.split(".")
    return all(int(part) <= 255 for part in parts) and any(len(p) > 1 for p in parts)
