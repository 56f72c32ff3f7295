"""Languages by the names that their speakers give them."""

from django.utils.translation import get_language_info

OWN = "en-GB"


def name_of_language(code: str) -> str:
    """
    >>> name_of_language("cy"), name_of_language("en-GB"), name_of_language("xx")
    ('Cymraeg', 'English', 'xx')
    """
    if code == OWN:
        return "English"
    try:
        name = str(get_language_info(code)["name_local"])
    except KeyError:
        return code
    return name[0].upper() + name[1:]
