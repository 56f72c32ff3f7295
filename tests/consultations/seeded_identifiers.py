"""
Texts with identifiers sown into them, and where each stands.

The names, forms and sentences are written apart from the rules that are to find them:
about a third of the names are in no list of Saferplan's. Traps are sentences with what
looks like an identifier and is none. Nobody here is a person.
"""

import random
import string
from dataclasses import dataclass

# Names as people in a London borough bear them, many in none of our lists.
GIVEN_TOLD = """
Priya Tyrone Oluwadamilare Siobhan Jamal Aoife Kwadwo Xochitl Fenella Ruaridh Parminder
Thuy Jiayi Yewande Cosmo Sukhjit Tariku Eilidh Mohammed Agnieszka Zbyszek Ngozika
Leticia Dwayne Shanelle Ottoline Bartholomew Ikechukwu Folasade Tomasz Ioana Delphine
Rashida Kehinde Sofia Emeka Nathaniel Chantelle Gurdeep Lakeisha Aminata Samira Yusuf
Hodan Idris Marisol Anneliese Winifred Ebenezer Florentyna Khadijah Rosalind Clive
Pauline Denise Gareth Maureen Trevor Beverley Sandeep Nasima Farzana Abdirizak Ayodeji
Comfort Philomena Zainab Olena Svetlana Dmytro Bogdan Violeta Mehwish Hamza Aroha Kiah
Tuan Linh Wei Xin Jean-Paul Anne-Marie Mary-Jane D'Andre Shaquille Lemar Errol Delroy
Claudette Verity Grace Mark Will Hope Joy Faith Rose May Dawn Bill Frank Angel Precious
Blessing Victor Florence Sarah David Susan Peter Michael Karen Ian Julie Andrew Linda
Kevin Tracey Gary Debbie Keith Elaine Paul Janet Simon Alison Stephen Carol Neil Diane
James Helen Robert Margaret Daniel Emma Matthew Laura Ryan Chloe Callum Jade Connor
Megan Liam Bethany
"""
GIVEN = GIVEN_TOLD.split()
SURNAMES_TOLD = """
Okafor Shah O'Brien Papadopoulos Nguyen Whitlock Featherstone Abubakar Oyelaran
Lindqvist Szczepanski Adeyemi McAllister Rahman Begum Choudhury Pemberton Ashworth
Kowalczyk Mensah Boateng Hargreaves Ramanathan Siddiqui Fitzpatrick Diallo Traore Mbeki
Venkataraman Patel Singh Kaur Khan Ali Hussain Smith Jones Taylor Brown Wilson Evans
Thomas Roberts Johnson Walker Wright Robinson Thompson White Hughes Edwards Green Hall
Wood Harris Lewis Martin Jackson Clarke Turner Hill Cooper Ward Morris Moore Clark Lee
King Baker Harrison Morgan Allen James Scott Ellis Phillips Osei Owusu Asante Gyamfi
Tembo Chirwa Olawale Ogunleye Bello Farah Warsame Hersi Jama Petrov Dimitrov Ionescu
Popescu Silva Ferreira dos-Santos Al-Hassan El-Sayed van-Dijk MacLeod Dougherty
Gallagher Cadogan Trelawney Blenkinsop Featherstonehaugh Ogilvy Quartey Tshabalala
Yamada Kim Park Chowdhury Iqbal Mirza Zaman
"""
SURNAMES = SURNAMES_TOLD.split()
STREETS = ["Acacia", "Marsala", "Old Mill", "Thornsbeach", "St Asaph's", "Queen Anne"]
KINDS_OF_STREET = [
    "Road",
    "Avenue",
    "Close",
    "Rd",
    "Street",
    "Gardens",
    "Court",
    "Lane",
]

PLAIN = [
    "The plan says little about cycling after dark.",
    "There should be two officers in every ward, and not one.",
    "I have lived here for 22 years and nothing has changed since 2009.",
    "Page 17 talks of victims but gives no figure at all.",
    "Please look again at priority 3 and section 4.2.",
    "More lights on the common would help, and costs little.",
    "Hate crime is up 14% and the target of 20% was missed.",
    "We welcome the commitment to young people.",
    "why is nobody picking up the phone on 101 any more",
    "It took 45 minutes for anyone to come.",
]
TRAPS = [
    "Section 17 of the Crime and Disorder Act 1998 is not mentioned.",
    "The A20 and the South Circular (A205) are the worst.",
    "My crime reference was 3412345/16 and CAD 4521 of 5 May.",
    "In May and June it is quieter, and will be until August.",
    "Cars race along Grace Road and Evelyn Street every night.",
    "The Mark Scheme for the grants is unclear.",
    "Lewisham and Southwark share a command unit now.",
    "PC 123 on the beat would be a start, or a PCSO.",
    "Under s.60 searches rose to 1,204 in 2015/16.",
    "Victoria Park and Hope House were closed by 10.30pm.",
    "Charlie Wright Memorial Hall should be a hub.",
    "The Met has 32,000 officers and 4,300 volunteers.",
    "From 01/12/2016 to 23/02/2017 is 84 days.",
    "It cost £1,250,000.00, or £12.50 a head.",
    "See paragraph 1.2.3.4 and objective 8 on pages 40-42.",
    "Faith groups and the Youth Council must be asked.",
    "Bus routes 36, 136 and P4 pass the M25 1st thing.",
    "Dear Sir or Madam,",
    "We met at the station at 12 the other night.",
    "Will the Mayor Grant Funding for this, or will he not?",
    "Regards to the whole Safer Neighbourhood Team.",
    "Only 1 in 5 young men feel safe; 2011 Census tables say more.",
    "London Bridge and Crystal Palace were named, Rose Gardens was not.",
    "Version 10.2.1.4 of the form did not load.",
    "ISO 27001, BS 5489 and ward E05013714 are quoted.",
    "The Dean of Southwark and the Bishop spoke well.",
    "Telegraph Hill, Forest Hill, Hither Green and Lee Green differ.",
    "April is Stephen Lawrence Day month in our school.",
]


@dataclass(frozen=True)
class Seed:
    start: int
    end: int
    kind: str
    form: str


@dataclass(frozen=True)
class Sown:
    text: str
    seeds: tuple[Seed, ...]


def digits(rng, count):
    return "".join(rng.choice(string.digits) for _ in range(count))


def email(rng):
    given, last = rng.choice(GIVEN).lower(), rng.choice(SURNAMES).lower()
    given, last = given.strip("'-"), last.replace("'", "")
    user = rng.choice(
        [f"{given}.{last}", f"{given[0]}{last}{digits(rng, 2)}", f"{given}_{last}"]
    )
    host = rng.choice(
        ["example.org", "post.example.co.uk", "example.com", "mail.example.net"]
    )
    form = rng.choice(["plain", "upper", "at-dot", "brackets", "spaces", "half"])
    said = {
        "plain": f"{user}@{host}",
        "upper": f"{user}@{host}".upper(),
        "at-dot": f"{user} at {host.replace('.', ' dot ')}",
        "brackets": f"{user}[at]{host.replace('.', '[dot]')}",
        "spaces": f"{user} @ {host}",
        "half": f"{user} (at) {host}",
    }[form]
    return said, form


def telephone(rng):
    number = rng.choice(
        [
            "077009" + digits(rng, 5),
            "02079460" + digits(rng, 3),
            "01632960" + digits(rng, 3),
            "07700900" + digits(rng, 3),
            "08081570" + digits(rng, 3),
        ]
    )
    spaced = f"{number[:5]} {number[5:]}"
    form, said = rng.choice(
        [
            ("run", number),
            ("two", spaced),
            ("three", f"{number[:3]} {number[3:7]} {number[7:]}"),
            ("plus", f"+44 {number[1:5]} {number[5:]}"),
            ("plus-nought", f"+44 (0){number[1:5]} {number[5:]}"),
            ("0044", f"0044 {number[1:]}"),
            ("brackets", f"({number[:5]}) {number[5:]}"),
            ("dots", f"{number[:5]}.{number[5:8]}.{number[8:]}"),
            ("hyphens", f"{number[:5]}-{number[5:8]}-{number[8:]}"),
            ("pairs", " ".join([number[:5], number[5:7], number[7:9], number[9:]])),
            ("single", " ".join(number)),
            ("plus-run", f"+44{number[1:]}"),
        ]
    )
    return said, form


def postcode(rng):
    area = rng.choice(["SE", "E", "SW", "BR", "N", "DA", "EC", "W", "CR"])
    district = {"EC": "1A", "W": "1T"}.get(area) or str(rng.randint(1, 28))
    unit = str(rng.randint(0, 9)) + "".join(rng.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    form, said = rng.choice(
        [
            ("plain", f"{area}{district} {unit}"),
            ("close", f"{area}{district}{unit}"),
            ("lower", f"{area}{district} {unit}".lower()),
            ("lower-close", f"{area}{district}{unit}".lower()),
            ("two-spaces", f"{area}{district}  {unit}"),
            ("inside", f"{area}{district} {unit[0]} {unit[1:]}"),
            ("gap", f"{area} {district} {unit}"),
            ("letters", " ".join(f"{area}{district}{unit}")),
            ("hyphen", f"{area}{district}-{unit}"),
        ]
    )
    return said, form


def insurance(rng):
    first = rng.choice(["AB", "JK", "PX", "SC", "NH", "CE"])
    number, last = digits(rng, 6), rng.choice("ABCD")
    pairs = f"{first} {number[:2]} {number[2:4]} {number[4:]} {last}"
    form, said = rng.choice(
        [
            ("spaced", pairs),
            ("run", pairs.replace(" ", "")),
            ("lower", pairs.lower()),
            ("lower-run", pairs.replace(" ", "").lower()),
            ("half", f"{first}{number} {last}"),
            ("hyphens", pairs.replace(" ", "-")),
        ]
    )
    return said, form


LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"


def three(rng):
    while (said := "".join(rng.choices("BCDFGHJKLMNPRSTVWXY", k=3))) in {"THE", "PCN"}:
        pass
    return said


def mark(rng):
    year = rng.choice(["06", "11", "15", "20", "24", "57", "63", "69", "74"])
    current = rng.choice(["LB", "GK", "AE", "YD", "RX"]) + year
    letter, number = rng.choice("ABCDEFGHJKLMNPRSTVWX"), rng.randint(21, 999)
    pair = rng.choice(["AB", "KD", "GL", "MM", "EA"])
    form, said = rng.choice(
        [
            ("current", f"{current} {three(rng)}"),
            ("current-run", f"{current}{three(rng)}"),
            ("current-lower", f"{current} {three(rng)}".lower()),
            ("prefix", f"{letter}{number} {three(rng)}"),
            ("suffix", f"{three(rng)} {number}{letter}"),
            ("dateless", f"{pair} {number}"),
        ]
    )
    return said, form


def nhs(rng):
    last = 10
    while last == 10:
        nine = digits(rng, 9)
        products = zip(range(10, 1, -1), nine, strict=True)
        last = -sum(weight * int(digit) for weight, digit in products) % 11
    whole = nine + str(last)
    spaced = f"{whole[:3]} {whole[3:6]} {whole[6:]}"
    return rng.choice([(spaced, "spaced"), (whole, "run")])


def card(rng):
    body = "4" + digits(rng, 14)
    total = 0
    for place, digit in enumerate(reversed(body)):
        n = int(digit) * (2 if place % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    whole = body + str(-total % 10)
    groups = [whole[n : n + 4] for n in range(0, 16, 4)]
    return rng.choice(
        [(whole, "run"), (" ".join(groups), "spaced"), ("-".join(groups), "hyphens")]
    )


MONTHS = ["January", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept"]


def birth(rng):
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1935, 2009)
    name = MONTHS[month % 9]
    return rng.choice(
        [
            (f"{day:02}/{month:02}/{year}", "slashes"),
            (f"{day} {name} {year}", "words"),
            (f"{day}th {name} {year}", "ordinal"),
            (f"{day:02}.{month:02}.{year % 100:02}", "dots"),
        ]
    )


def address(rng):
    street = f"{rng.choice(STREETS)} {rng.choice(KINDS_OF_STREET)}"
    number = f"{rng.randint(1, 280)}{rng.choice(['', '', 'a', 'B'])}"
    return rng.choice(
        [
            (f"{number} {street}", "plain"),
            (f"Flat {rng.randint(1, 40)}, {number} {street}", "flat"),
            (f"{number}, {street}", "comma"),
        ]
    )


def ip(rng):
    return ".".join(str(rng.randint(11, 250)) for _ in range(4)), "dotted"


def handle(rng):
    user = "".join(filter(str.isalpha, rng.choice(GIVEN).lower())) + digits(rng, 2)
    return rng.choice(
        [
            (f"@{user}", "at"),
            (f"https://www.facebook.com/{user}", "link"),
            (f"instagram.com/{user}", "bare link"),
        ]
    )


STRUCTURED = {
    "e-mail": (
        email,
        ["Write to me: {}.", "mail {} for the photos", "I am on {}, thanks"],
    ),
    "telephone": (
        telephone,
        ["You can reach me on {}.", "{} is my number", "ring me ({}) after six"],
    ),
    "postcode": (
        postcode,
        ["We are in {}.", "My home is {}, by the park.", "{} is bad"],
    ),
    "National Insurance number": (
        insurance,
        [
            "They had my details, {}, on the form.",
            "NI number {}",
            "{} is on my payslip.",
        ],
    ),
    "vehicle mark": (
        mark,
        [
            "The car had the registration {}.",
            "a white van, reg {}, was there again",
            "Number plate {} every night.",
        ],
    ),
    "NHS number": (nhs, ["My NHS number is {}.", "NHS no: {}"]),
    "card number": (card, ["They took {} and used it.", "card {} was stolen"]),
    "date of birth": (
        birth,
        ["I was born on {}.", "DOB: {}", "my date of birth is {}"],
    ),
    "address": (
        address,
        ["I live at {}.", "The house at {} deals openly.", "{}, next door"],
    ),
    "IP address": (ip, ["I wrote this from {}.", "IP {} was blocked"]),
    "handle": (handle, ["I posted it as {} too.", "see {} for the film"]),
}


def full(rng):
    return f"{rng.choice(GIVEN)} {rng.choice(SURNAMES)}"


def given(rng):
    return rng.choice(GIVEN)


def surname(rng):
    return rng.choice(SURNAMES)


NAMED = [
    ("my name is", full, "My name is {} and I have lived here since 2004."),
    ("introduced", full, "I'm {}, a parent of two."),
    ("spoke to", full, "I spoke to {} about it twice."),
    ("title", surname, "Please pass this to Mr {}."),
    ("title", surname, "Mrs {} next door has had enough."),
    ("title", surname, "Cllr {} promised this years ago."),
    ("title and name", full, "Ms {} was told to go away."),
    ("rank", surname, "The officer, PC {}, never came back."),
    ("title and initial", surname, "Dr J. {} treated both of them."),
    ("signature", full, "Yours sincerely,\n{}"),
    ("signature", full, "Kind regards\n\n{}"),
    ("signature, given", given, "Thanks,\n{}"),
    ("signature", full, "Best wishes, {}"),
    ("greeting", given, "Dear {},\nI saw your leaflet."),
    ("relation", given, "My neighbour {} was burgled twice."),
    ("relation", given, "my son {} was stopped on his way to school"),
    ("relation, full", full, "My sister, {}, works nights."),
    ("plain", full, "According to {} nobody ever asked."),
    ("plain", full, "{} runs the watch in our road."),
    ("plain", full, "We all know that {} did it."),
    ("possessive", full, "{}'s shop was hit again."),
    ("form", full, "Name: {}"),
    ("form", full, "Submitted by {}"),
    ("listed", full, "Present: {}, and three others."),
    ("initial", surname, "It was T. {} who rang."),
]


def sown(rng: random.Random, names: bool) -> Sown:
    """A text of some sentences, of which some hold an identifier."""
    pieces: list[tuple[str, str, str, str]] = []
    for _ in range(rng.randint(1, 3)):
        if names:
            form, make, sentence = rng.choice(NAMED)
            pieces.append((sentence, make(rng), "name", form))
        else:
            kind = rng.choice(list(STRUCTURED))
            make, sentences = STRUCTURED[kind]
            said, form = make(rng)
            pieces.append((rng.choice(sentences), said, kind, form))
    pieces += [
        (rng.choice(PLAIN + TRAPS), "", "", "") for _ in range(rng.randint(1, 4))
    ]
    rng.shuffle(pieces)
    text, seeds = "", []
    for sentence, said, kind, form in pieces:
        text += "\n" if text and (names or rng.random() < 0.3) else " " if text else ""
        start = len(text) + sentence.find("{}")
        text += sentence.replace("{}", said)
        if kind:
            seeds.append(Seed(start, start + len(said), kind, form))
    return Sown(text, tuple(seeds))


def texts(number: int, *, names: bool, seed: int) -> list[Sown]:
    rng = random.Random(seed)
    return [sown(rng, names) for _ in range(number)]
