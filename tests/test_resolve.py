"""Who a source is, for whom it speaks, and whether it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from verify.attribution.registry import load_registry
from verify.errors import ConfigError
from verify.types import Claim, Source

Claims = Callable[[str], tuple[Claim, ...]]
REST = "said that the war would go on."


def sources(claims: tuple[Claim, ...]) -> list[Source]:
    return [claim.source for claim in claims if claim.source is not None]


@pytest.mark.parametrize(
    ("who", "name", "party"),
    [
        ("The Kremlin", "Kremlin", "Russia"),
        ("Moscow", "Russia", "Russia"),
        ("Kyiv", "Ukraine", "Ukraine"),
        ("The White House", "White House", "United States"),
        ("Hotel Matignon", "French prime minister's office", "France"),
        ("IS-K", "Islamic State Khorasan", "Islamic State"),
        ("The FSB", "Federal Security Service", "Russia"),
        ("The Polish foreign ministry", "Polish foreign ministry", "Poland"),
        ("President Vladimir Putin", "Vladimir Putin", "Russia"),
        ("Volodymyr Zelensky", "Volodymyr Zelensky", "Ukraine"),
        ("A spokesman for Korvex", "A spokesman for Korvex", "Korvex"),
        ("The company", "company", "company"),
        ("Ilse Brandt", "Ilse Brandt", "Ilse Brandt"),
    ],
)
def test_names_aliases_and_parties(read_claims: Claims, who: str, name: str, party: str) -> None:
    (source,) = sources(read_claims(f"{who} {REST}"))
    assert (source.name, source.party, source.anonymous) == (name, party, False)


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("A diplomat in Moscow", "A diplomat in Moscow"),
        ("Iran’s mission to the United Nations", "Iran"),
        ("The foreign ministry in Moscow", "Russia"),
        ("In Beijing, the foreign ministry", "China"),
        ("In London, the foreign ministry of Poland", "Poland"),
        ("Jairam Ramesh of the opposition Congress party", "Congress party"),
        ("The Institute for the Study of War", "Institute for the Study of War"),
        ("Korvex, the maker of Velm Gold,", "Korvex"),
    ],
)
def test_where_somebody_is_tells_nothing_of_whom_they_speak_for(
    read_claims: Claims, who: str, party: str
) -> None:
    assert [s.party for s in sources(read_claims(f"{who} {REST}"))] == [party]


@pytest.mark.parametrize(
    ("who", "name", "party"),
    [
        ("The ferry's operator, Northern Lines,", "Northern Lines", "Northern Lines"),
        ("Its maker, Boeing,", "Boeing", "Boeing"),
        ("The owner, Velm Holdings,", "Velm Holdings", "Velm Holdings"),
        ("Her party, the Civic Union,", "Civic Union", "Civic Union"),
        ("Korvex's owner, Velm Holdings,", "Velm Holdings", "Velm Holdings"),
        ("The owner, a shipping magnate,", "owner", "owner"),
        ("The ferry's owner, Dan Moor,", "Dan Moor", "Dan Moor"),
        ("Jan Holt, an aide to Mayor Ilse Brandt,", "Jan Holt", "Ilse Brandt"),
        ("Jan Holt, an adviser to President Volodymyr Zelensky,", "Jan Holt", "Ukraine"),
    ],
)
def test_what_stands_between_commas_tells_who_speaks_and_for_whom(
    read_claims: Claims, who: str, name: str, party: str
) -> None:
    (source,) = sources(read_claims(f"{who} {REST}"))
    assert (source.name, source.party) == (name, party)


@pytest.mark.parametrize(
    ("place", "party"), [("Rome and Genoa are in Italy.", "Italy"), ("Iran attacked Israel.", "Jan Holt")]
)
def test_a_minister_is_of_the_one_state_that_is_spoken_of(
    read_claims: Claims, place: str, party: str
) -> None:
    assert [s.party for s in sources(read_claims(f"{place} Interior Minister Jan Holt {REST}"))] == [party]


@pytest.mark.parametrize(
    "who",
    [
        "A senior official, who spoke on condition of anonymity,",
        "Two people familiar with the matter",
        "A diplomat who asked not to be named",
        "A guard who did not want to be identified",
        "A nurse who would not give her name",
        "A porter who feared for his job",
        "An anonymous donor",
        "Officials",
        "Two harbour officials",
        "Norwegian officials",
        "Harbour officials who had read it",
        "A source",
    ],
)
def test_anonymous(read_claims: Claims, who: str) -> None:
    (source,) = sources(read_claims(f"{who} {REST}"))
    assert source.anonymous


@pytest.mark.parametrize(
    "who",
    [
        "The army",
        "A spokesman for Korvex",
        "Residents",
        "The mayor",
        "The police",
        "A Korvex lawyer",
        "A fearless campaigner",
        "A driver with a fear of ice",
        "Fisheries officials",
        "A man who was not wanted by the police",
    ],
)
def test_not_anonymous(read_claims: Claims, who: str) -> None:
    (source,) = sources(read_claims(f"{who} {REST}"))
    assert not source.anonymous


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "President Vladimir Putin said the war would go on. He added that the army was ready.",
            ["Vladimir Putin", "Vladimir Putin"],
        ),
        (
            "Ilse Brandt, the minister, said the bridge was old. Brandt said that work would start in May.",
            ["Ilse Brandt", "Ilse Brandt"],
        ),
        (
            "Ms Brandt said the bridge was old. Mr Holt said the bridge was new. She said work would start.",
            ["Brandt", "Holt", "Brandt"],
        ),
        (
            "The Polish foreign ministry said the border was closed. The ministry said guards were out.",
            ["Polish foreign ministry", "Polish foreign ministry"],
        ),
        (
            "Residents said the water had risen. Ilse Brandt said it had fallen. They said it still rose.",
            ["Residents", "Ilse Brandt", "Residents"],
        ),
        (
            "The Kremlin said the war would go on. It added that the army was ready.",
            ["Kremlin", "Kremlin"],
        ),
    ],
    ids=["he", "surname", "titles", "the ministry", "they", "it"],
)
def test_later_mentions(read_claims: Claims, text: str, names: list[str]) -> None:
    assert [s.name for s in sources(read_claims(text))] == names


def test_a_company_is_no_government(read_claims: Claims) -> None:
    text = "Korvex said it would pay. The Polish government said it had paid. The company said it was late."
    assert [s.name for s in sources(read_claims(text))][-1] == "Korvex"


def test_it_goes_on_with_the_subject_of_its_sentence(read_claims: Claims) -> None:
    text = (
        "The United Nations said it knew. The army had declared a truce, and it accused the rebels of fraud."
    )
    assert sources(read_claims(text))[-1].name == "army"


def test_a_family_isnt_whoever_shares_its_name(read_claims: Claims) -> None:
    found = sources(
        read_claims(
            "Jan Holt said he was well. The Holt family said he was dead. The family said it grieved."
        )
    )
    assert [source.name for source in found] == ["Jan Holt", "Holt family", "Holt family"]


def test_whoever_is_somebodys_brother_speaks_for_himself(read_claims: Claims) -> None:
    text = "The Polish foreign ministry said he had fled. His brother, Jan Holt, said that he was at home."
    assert sources(read_claims(text))[-1].party == "Jan Holt"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Kremlin said the war would go on. He added that the army was ready.", "Kremlin"),
        ("Mr Holt said the bridge was new. She said that work would start in May.", "Holt"),
        ("Ms Brandt said the bridge was old. She said it was weak. He said that work would start.", "Brandt"),
        ("Residents said the water had risen. He said that it would fall.", "Residents"),
    ],
    ids=["he for a body", "she for a man", "he for a woman", "he for many"],
)
def test_pronouns_that_do_not_agree_stay_as_they_are(read_claims: Claims, text: str, wrong: str) -> None:
    assert sources(read_claims(text))[-1].name != wrong


def test_a_surname_of_two_people_is_that_of_the_first_named(read_claims: Claims) -> None:
    found = sources(read_claims("Ilse Brandt said the bridge was old. Jonas Weber said that it was new."))
    assert [s.party for s in found] == ["Ilse Brandt", "Jonas Weber"]


def test_registry_of_a_newsroom_lies_over_the_shipped_one(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        '[[entity]]\nname = "Korvex"\nkind = "company"\nparty = "Velm Group"\naliases = ["the haulier"]\n'
    )
    registry = load_registry(file)
    found = registry.find("The haulier’s")
    assert found is not None
    assert (found.name, found.party) == ("Korvex", "Velm Group")
    assert registry.state_of("Polish") == registry.state_of("Warsaw") == "Poland"
    assert registry.state_of("Korvex") is None
    assert registry.find("polished") is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = 1", "unknown key `x`"),
        ("[[entity]]\nkind = 'state'", "has no name"),
        ("[[entity]]\nname = 'A'\nkind = 'planet'", "kind is 'planet'"),
        ("[[entity]]\nname = 'A'\naliases = 'B'", "list of names"),
        ("[[entity]]\nname = 'A'\nalias = []", "unknown key `alias`"),
        ("entity = 3", "isn't a list of tables"),
        ("peoples = 3", "isn't a table of names"),
        ("[[", "isn't valid TOML"),
    ],
)
def test_malformed_registries_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"own\.toml") as caught:
        load_registry(file)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The Democratic People’s Republic of Korea fired a missile.", {"North Korea"}),
        ("South Sudan's army crossed the border.", {"South Sudan"}),
        ("In the South, Sudan was at war.", {"Sudan"}),
        ("Kyiv's claim and the White House’s.", {"Ukraine", "United States"}),
        ("South Korean and U.S. troops trained.", {"South Korea", "United States"}),
        ("He told us to polish the turkey.", set()),
    ],
)
def test_parties_in_a_text(text: str, parties: set[str]) -> None:
    assert load_registry().parties_in(text) == parties


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        (
            "The harbour office counted 40 boats, it said. Korvex scoffed at that. No boat was lost, "
            "its lawyer, Tomas Varga, told a newspaper.",
            "Tomas Varga",
            "Korvex",
        ),
        (
            "The ministry put the loss at 40 boats. The dockers’ union was not amused. “The ministry is "
            "drowning our men twice,” said its chairman, Tomas Varga.",
            "Tomas Varga",
            "dockers’ union",
        ),
        (
            "The ministry put the loss at 40 boats. The yard, Northern Lines, laid that at its door; none "
            "had been warned, its director, Tomas Varga, said.",
            "Tomas Varga",
            "Northern Lines",
        ),
        (
            "The ministry said that all was well. Two retired officers have confessed, their counsel said.",
            "their counsel",
            "Two retired officers",
        ),
        (
            "Ilse Brandt denied it. The captain, Tomas Varga, is in custody; his lawyer said that he slept.",
            "his lawyer",
            "Tomas Varga",
        ),
        (
            "The ministry said that all was well. Its Norwegian counterpart said that boats were lost.",
            "Its Norwegian counterpart",
            "Norway",
        ),
        (
            "Four vases were stolen from the Velm Museum, said Ilse Brandt, its director.",
            "Ilse Brandt",
            "Velm Museum",
        ),
        (
            "The ministry said that all was well. Korvex told a different story. Four boats had sunk, said "
            "Ilse Brandt, its lawyer.",
            "Ilse Brandt",
            "Korvex",
        ),
    ],
)
def test_its_and_their_are_of_whom_the_sentence_before_is_about(
    read_claims: Claims, text: str, name: str, party: str
) -> None:
    source = sources(read_claims(text))[-1]
    assert (source.name, source.party) == (name, party)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The ministry said so. The boats sank. Korvex lost four of them. It said that it wept.",
            "Korvex",
        ),
        (
            "The ministry said that it knew. Korvex lost four, the ministry said. It added that it wept.",
            "ministry",
        ),
        ("Korvex lost four boats on Monday, it said.", "Korvex"),
        ("Nothing was heard from the boats. It said that it was sorry.", "unknown"),
        ("Tomas Varga, a member of the harbour board, who said that it was over, went home.", "Tomas Varga"),
        ("Police stopped a boat, which said that it was lost.", "a boat"),
        ("Koh Dong-jin runs the yard. Koh said that it was safe.", "Koh Dong-jin"),
        (
            "Ilse Brandt runs Velm Marine. Ilse Brandt, who sued Korvex, said so. Korvex said that it knew.",
            "Korvex",
        ),
        (
            "Tomas Varga, head of Velm Marine, said that boats sank. Velm said that it was sorry.",
            "Velm Marine",
        ),
    ],
)
def test_who_is_meant_though_no_source_so_far(read_claims: Claims, text: str, name: str) -> None:
    assert sources(read_claims(text))[-1].name == name


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("Ilse Brandt, the former president of Poland,", "Ilse Brandt"),
        ("Former Polish minister Ilse Brandt", "Ilse Brandt"),
        ("A retired British army officer", "A retired British army officer"),
        ("A spokesman for the former Polish president", "Poland"),
        ("A person familiar with Korvex's plans", "A person familiar with Korvex's plans"),
        ("A person close to Korvex's board", "Korvex"),
        ("The Harbour Pilots' League", "Harbour Pilots' League"),
    ],
)
def test_who_held_an_office_or_only_knows_of_a_body_speaks_for_nobody_else(
    read_claims: Claims, who: str, party: str
) -> None:
    assert [s.party for s in sources(read_claims(f"{who} {REST}"))] == [party]


def test_a_common_noun_takes_up_no_body_that_it_only_qualifies(read_claims: Claims) -> None:
    text = (
        "The Airline Pilots Guild said that it knew. Ilse Brandt, the airline's lawyer, denied that it did."
    )
    assert [s.party for s in sources(read_claims(text))][:2] == ["Airline Pilots Guild", "Ilse Brandt"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ilse Brandt denied it. Tomas Varga was less guarded: the boat had sunk, he said.", "Tomas Varga"),
        ("Ilse Brandt said so. A dock hand who saw it went further: the boat sank, she said.", "A dock hand"),
        (
            "Mayor Ilse Brandt said that boats sank. The bill had passed; the boat was sold, she said.",
            "Ilse Brandt",
        ),
        (
            "Mayor Ilse Brandt said so. The port office was blunt: the boat was lost, it said.",
            "port office",
        ),
        (
            "Mayor Ilse Brandt said that boats sank. “Varga was blunt: the boat is lost,” she said.",
            "Ilse Brandt",
        ),
    ],
)
def test_what_follows_a_colon_is_of_whom_stands_before_it(read_claims: Claims, text: str, name: str) -> None:
    assert sources(read_claims(text))[-1].name == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Korvex said that boats sank. A year later Korvex Marine said that none did.",
            ["Korvex Marine", "Korvex Marine"],
        ),
        (
            "Korvex said that boats sank. Korvex Marine said that none did. Korvex Steel said that two did.",
            ["Korvex", "Korvex Marine", "Korvex Steel"],
        ),
        (
            "The Velm Water Council said that boats sank. The VWC said that two did.",
            ["Velm Water Council", "Velm Water Council"],
        ),
        (
            "The Velm Water Council said that boats sank. The VW said that two did.",
            ["Velm Water Council", "VW"],
        ),
        (
            "The Korvex boss said that boats sank. Korvex said that two did.",
            ["Korvex boss", "Korvex"],
        ),
        (
            "Poland said that boats sank. Poland Tomorrow said that none did.",
            ["Poland", "Poland Tomorrow"],
        ),
    ],
)
def test_a_source_has_one_name_where_a_longer_one_tells_which(
    read_claims: Claims, text: str, names: list[str]
) -> None:
    assert [s.name for s in sources(read_claims(text))] == names


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Rear Admiral Jan Holt said it was safe. The crew had slept, said Holt.", "Jan Holt", "Jan Holt"),
        ("Cllr Imran Moor said it was late. He added that it was dear.", "Imran Moor", "Imran Moor"),
        (
            "Jan Holt rose. Baroness Velm-Thornton said that it was late. She said that it was small.",
            "Velm-Thornton",
            "Velm-Thornton",
        ),
        ("Mr Holt's sister, Ilse Brandt, said that it was over.", "Ilse Brandt", "Ilse Brandt"),
        ("Mr Holt's niece, Ilse Brandt, said that it was over.", "Ilse Brandt", "Ilse Brandt"),
        ("Ilse Wagner, a doctor, said it was wrong. Wagner said it failed.", "Ilse Wagner", "Ilse Wagner"),
        ("Russian troops left. Wagner said that it would stay.", "Wagner group", "Wagner group"),
        ("Paul Jordan said the money came. Jordan said that it was spent.", "Paul Jordan", "Paul Jordan"),
        ("Jordan said that the border was closed.", "Jordan", "Jordan"),
        (
            "The Greek minister met Karel Dusek, his Turkish counterpart, in Athens. Dusek said it rained.",
            "Karel Dusek",
            "Turkey",
        ),
        (
            "The minister met Karel Dusek, a Turkish singer, in Athens. Dusek said it rained.",
            "Karel Dusek",
            "Karel Dusek",
        ),
        ("Mr Moor wrote to Ms Holt. Her report said that he had lied.", "Her report", "Her report"),
    ],
)
def test_people_by_title_by_full_name_and_by_sex(
    read_claims: Claims, text: str, name: str, party: str
) -> None:
    source = sources(read_claims(text))[-1]
    assert (source.name, source.party) == (name, party)


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("The council denied it. A spokesman said that it was old.", "A spokesman", "council"),
        ("Swedish pump maker Hansa said that it lost money.", "Hansa", "Hansa"),
        ("Hansa said it lost money. The Velm-based company said it would shrink.", "Hansa", "Hansa"),
        ("Hansa said it lost money. A Velm-based company said it would grow.", "A Velm-based company", None),
        ("Hansa said it was hit. A group calling itself BlackReef said that it did it.", "BlackReef", None),
        ("Hansa said it was hit. A group of divers said that it did it.", "A group of divers", None),
        ("Hansa said it lost money. The guild was told. The company said it would pay.", "Hansa", "Hansa"),
        ("Hansa lost. The Velm union said it knew. The company said it would pay.", "company", None),
        ("Two officials said it burned. One of them said that they fled.", "One of them", "Two officials"),
    ],
)
def test_who_a_common_noun_stands_for(read_claims: Claims, text: str, name: str, party: str | None) -> None:
    source = sources(read_claims(text))[-1]
    assert (source.name, source.party if party is not None else None) == (name, party)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“I had one letter,” said Jean Mills, who swims three times a week.", "Jean Mills"),
        ("“We sold out,” said Tom Reed, 44, who bakes four hundred loaves a day.", "Tom Reed"),
        ("In a statement the company said the dam was safe.", "company"),
    ],
)
def test_what_describes_a_speaker_says_nothing(read_claims: Claims, text: str, name: str) -> None:
    (claim,) = read_claims(text)
    assert claim.source is not None
    assert claim.source.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The health minister, Jean-François Morel, said his office had been told.", "Jean-François Morel"),
        ("Ursula van der Velde of the union said it was shut.", "Ursula van der Velde"),
        ("Karen Andrews said it was shut.", "Karen Andrews"),
    ],
)
def test_a_name_is_whole_where_the_parser_cuts_it(read_claims: Claims, text: str, name: str) -> None:
    (source,) = sources(read_claims(text))
    assert source.name == name


@pytest.mark.parametrize(
    ("who", "name", "anonymous"),
    [
        ("A source close to the city’s leader, Karen Andrews,", "A source close to the city’s leader", True),
        ("A spokesman for the ministry, Daniel Moore,", "Daniel Moore", False),
        ("The leader of the union, Daniel Moore,", "Daniel Moore", False),
    ],
)
def test_who_is_close_to_somebody_is_another(
    read_claims: Claims, who: str, name: str, anonymous: bool
) -> None:
    (source,) = sources(read_claims(f"{who} {REST}"))
    assert (source.name, source.anonymous) == (name, anonymous)


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ("A lawyer for the founder", "The founder", "founder"),
        ("An executive of the railways", "The railways", "railways"),
        ("The mayor’s spokesman", "The mayor", "mayor"),
        ("A lawyer for the founder", "The lawyer", "A lawyer for the founder"),
        ("A retired clerk", "The clerk", "A retired clerk"),
    ],
)
def test_whose_lawyer_speaks_is_another(read_claims: Claims, first: str, then: str, name: str) -> None:
    *_, source = sources(read_claims(f"{first} {REST} {then} said that the road was shut."))
    assert source.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Karen Andrews said the bank was dry. Her rival, Daniel Moore, spoke of 2,700 flooded houses on"
            " the other side, where, he said, nobody had died.",
            "Daniel Moore",
        ),
        (
            "Karen Andrews said the pumps were old. To Daniel Moore, the mayor's spokesman, the leak looked"
            " like a trick: Paris had planned it, he said.",
            "Daniel Moore",
        ),
        (
            "Karen Andrews said the leak was an accident. A retired baker now living in Riga, who asked for"
            " his name to be left out, remembers otherwise: he had worked on it for years, he said.",
            "A retired baker",
        ),
        ("Daniel Moore said the pumps were old. The bank was dry, he said.", "Daniel Moore"),
    ],
)
def test_he_is_who_tells_something_in_the_same_sentence(read_claims: Claims, text: str, name: str) -> None:
    *_, source = sources(read_claims(text))
    assert source.name == name


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("At Aston Martin, which denies it, a spokesman said the car was safe.", "Aston Martin"),
        (
            "The transport ministry {REST} Nobody came. At the ministry, a spokesman {REST}",
            "transport ministry",
        ),
        ("At noon, a spokesman {REST}", "a spokesman"),
        ("In Velm, a spokesman {REST}", "a spokesman"),
    ],
)
def test_a_spokesman_at_a_body_speaks_for_it(read_claims: Claims, text: str, party: str) -> None:
    *_, source = sources(read_claims(text.replace("{REST}", REST)))
    assert source.party == party


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Nobody came. Her driver, Daniel Moore, stood beside her.", "Daniel Moore"),
        (
            "Nobody came. A former clerk, who agreed to speak without his name, told a different story.",
            "A former clerk",
        ),
        ("Nobody came. A child who had played there was hurt.", "George Miller"),
        ("Her driver, Colin Andrews, said that the road was shut.", "Colin Andrews"),
    ],
)
def test_he_is_whom_the_sentence_before_brings_in(read_claims: Claims, before: str, name: str) -> None:
    said = sources(read_claims(f"George Miller {REST} {before} “The dam was fine,” he said."))
    assert said[-1].name == name


@pytest.mark.parametrize(
    ("before", "body", "name"),
    [
        (
            "The bridge fell after the transport ministry let lorries cross it.",
            "ministry",
            "transport ministry",
        ),
        ("The mill shut after Velm United, a union, called a strike.", "union", "Velm United"),
        ("The National Safety Committee met on Monday.", "committee", "National Safety Committee"),
        ("The transport ministry and the health ministry met on Monday.", "ministry", "ministry"),
        ("A new committee met on Monday.", "committee", "committee"),
        ("Police shut a ministry car park.", "ministry", "ministry"),
    ],
)
def test_the_ministry_is_the_one_that_was_named_before(
    read_claims: Claims, before: str, body: str, name: str
) -> None:
    *_, source = sources(read_claims(f"{before} The {body} {REST}"))
    assert source.name == name


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("The party, the SNS,", "SNS"),
        ("The chain, Walgreens,", "Walgreens"),
        ("The wholesaler, Brand & Tovey,", "Brand & Tovey"),
        ("The auditor, Daniel Moore,", "Daniel Moore"),
        ("The union, in Paris,", "union"),
        ("Trainer Gerald Moor", "Gerald Moor"),
    ],
)
def test_a_body_that_is_introduced_by_its_name_goes_by_it(read_claims: Claims, who: str, name: str) -> None:
    (source,) = sources(read_claims(f"{who} {REST}"))
    assert source.name == name


def test_an_owner_within_the_phrase_of_her_own_followers_is_found(read_claims: Claims) -> None:
    claims = read_claims(
        f"Mrs Holt and her deputies {REST} Mrs Holt and her deputies, her lawyer added, won."
    )
    assert [source.party for source in sources(claims)] == ["Holt", "Holt"]


@pytest.mark.parametrize("several", ["Neither", "None", "Both"])
def test_it_is_none_of_several(read_claims: Claims, several: str) -> None:
    text = f"Korvex and Velm were asked. {several} would comment. The yard got €57m, its annual reports show."
    assert several not in [claim.party for claim in read_claims(text) if claim.content[0].start > 60]


def test_its_reports_are_those_of_a_yard(read_claims: Claims) -> None:
    text = "Kanal Fem said Korvex had gone. Neither paid. The yard got €57m, its annual reports show."
    assert sources(read_claims(text))[-1].party == "yard"


@pytest.mark.parametrize(
    "text",
    [
        "A police statement said the dam had burst. The police said that nobody had died.",
        "The police said the dam had burst. An earlier police statement said that nobody had died.",
    ],
)
def test_a_statement_of_the_police_is_their_word(read_claims: Claims, text: str) -> None:
    assert [source.party for source in sources(read_claims(text))] == ["police", "police"]


def test_a_statement_is_taken_up_by_its_own_word(read_claims: Claims) -> None:
    text = "A police statement said the dam had burst. The statement said that nobody had died."
    first, second = sources(read_claims(text))
    assert first.name == second.name == "A police statement"


def test_who_writes_a_report_on_the_police_is_not_the_police(read_claims: Claims) -> None:
    (source,) = sources(read_claims("A report on the police said the dam had burst."))
    assert source.party != "police"


def test_a_place_is_the_government_that_sits_there(read_claims: Claims) -> None:
    text = "The government in Orsk said that it was late. Orsk said that Jan Holt had agreed."
    assert {s.name for s in sources(read_claims(text))} == {"government in Orsk"}


def test_a_surname_with_an_age_is_whose_full_name_was_given(read_claims: Claims) -> None:
    text = (
        "Rovers have sacked Danny Hale. Chairman Steve Orme told the website that it was time. "
        "But Hale, 44, told the Gazette that he had walked out. “I was not sacked,” he said."
    )
    assert [s.name for s in sources(read_claims(text))][1:] == ["Danny Hale", "Danny Hale"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The minister, Ana Ruiz, has resigned. The opposition leader, Pedro Sanz, accused her of lying. "
            "She denied that she had lied.",
            ["Pedro Sanz", "Ana Ruiz"],
        ),
        (
            "The minister, Ana Ruiz, said that it was late. She denied that she had lied.",
            ["Ana Ruiz", "Ana Ruiz"],
        ),
        (
            "Danny Hale said that it was late. Steve Orme said that it was early. He accused Orme of lying.",
            ["Danny Hale", "Steve Orme", "Danny Hale"],
        ),
        (
            "Karen Andrews said that it was late. Marta Berg was made a dame. In her last years she lost her "
            "hearing. “I know,” she said.",
            ["Karen Andrews", "Marta Berg"],
        ),
        (
            "Marta Berg was made a dame. In her last years she lost her hearing. Karen Andrews said it was "
            "late. “I know,” she said.",
            ["Karen Andrews", "Karen Andrews"],
        ),
    ],
)
def test_she_is_whom_the_sentences_before_are_about(read_claims: Claims, text: str, names: list[str]) -> None:
    assert [s.name for s in sources(read_claims(text))] == names


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The president was late. His critics said that it was over.", "His critics"),
        ("President Jan Holt said that it was late. His office said that it was over.", "Jan Holt"),
        (
            "The opposition accused the minister, Karen Andrews, of theft. Her office said it was over.",
            "Karen Andrews",
        ),
        ("Karen Andrews said that it was late. Her office said that it was over.", "Karen Andrews"),
    ],
)
def test_whose_critics_and_whose_office(read_claims: Claims, text: str, party: str) -> None:
    assert sources(read_claims(text))[-1].party == party


def test_he_is_no_minister_who_was_she(read_claims: Claims) -> None:
    text = (
        "The finance minister, Ana Ruiz, has resigned. She said that she had done nothing wrong. "
        "Her husband was arrested on Monday. He denied that he had taken bribes."
    )
    names = [s.name for s in sources(read_claims(text))]
    assert names[0] == "Ana Ruiz"
    assert names[1] != "Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "The council said the plan was lawful. Friends of Hale Meadow will appeal, said Maureen Platt, "
            "its chair.",
            "Friends of Hale Meadow",
        ),
        (
            "The council said the plan was lawful. The road will be closed, said Maureen Platt, its chair.",
            "council",
        ),
        ("Marsh, who was dropped for the loss at Bramford, said the players had failed him.", "Marsh"),
        ("Fiona Haig, who ran the laboratory at Castleford, said the hay was clean.", "Castleford"),
    ],
)
def test_whose_chair_and_where_the_loss_was(read_claims: Claims, text: str, party: str) -> None:
    assert sources(read_claims(text))[-1].party == party


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "It was led by the surgeon, Anna Mertens. The surgeon said a valve failed.",
            "Anna Mertens",
        ),
        ("It was led by the surgeon, Anna Mertens and a nurse. The surgeon said a valve failed.", "surgeon"),
    ],
)
def test_a_bare_office_is_whom_the_text_brought_in_by_it(read_claims: Claims, text: str, name: str) -> None:
    assert sources(read_claims(text))[-1].name == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Committee chairman Cllr Anne Rowley said that it was late. Velm Water said that it had a plan. "
            "“I am sorry,” she said.",
            ["Anne Rowley", "Velm Water", "Anne Rowley"],
        ),
        (
            "Anne Rowley said that it was late. Tom Aldous said that it was early. “I am sorry,” she said.",
            ["Anne Rowley", "Tom Aldous", "Anne Rowley"],
        ),
        (
            "Anne Rowley said that it was late. Robin Aldous said that it was early. “I am sorry,” she said.",
            ["Anne Rowley", "Robin Aldous", "Robin Aldous"],
        ),
        (
            "A jury said that it was late. The first complainant, now 43, was 12 at the time, Ms Holt said. "
            "He told police that Mr Merrick had touched him. “I lay there,” he said.",
            ["A jury", "Holt", "first complainant", "first complainant"],
        ),
        (
            "Alan Merrick said that it was late. The jury found that he had lied. “I am sorry,” he said.",
            ["Alan Merrick", "jury", "Alan Merrick"],
        ),
        (
            "Anne Rowley said that it was late. Neither side said that it was over. “I am sorry,” she said.",
            ["Anne Rowley", "Neither side", "Anne Rowley"],
        ),
    ],
)
def test_she_is_no_body_and_no_man(read_claims: Claims, text: str, names: list[str]) -> None:
    found = [s.name for s in sources(read_claims(text))]
    assert [name.lower() for name in found] == [name.lower() for name in names]


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        (
            "The union, Unity, said that it was late. Velm Transit said that 210 buses were running. "
            "“We are grateful,” its operations director, Paula Wren, said.",
            "Paula Wren",
            "Velm Transit",
        ),
        (
            "Velm Transit said that 210 buses were running. The company denied that it was late.",
            "Velm Transit",
            "Velm Transit",
        ),
        (
            "Ashgrove said that it was late. Velm Water said that it was early. A spokesman for the company "
            "said that it was over.",
            "A spokesman for the company",
            "Velm Water",
        ),
        (
            "Jan Holt, the army’s chief spokesman, said that it was late. Norland’s defence ministry called "
            "that absurd. None of its batteries had fired, a spokesman said.",
            "a spokesman",
            "Norland",
        ),
        (
            "Jan Holt, the army’s chief spokesman, said that it was late. The spokesman said it was over.",
            "Jan Holt",
            "Jan Holt",
        ),
        (
            "Velm Police said that it was late. The Police Federation said that it was early. Police said "
            "that bottles were thrown.",
            "Velm Police",
            "Velm Police",
        ),
        (
            "The Police Federation said that it was early. Police said that bottles were thrown.",
            "Police",
            "Police",
        ),
        ("Velm Marine said that it was late. Velm said that it was over.", "Velm Marine", "Velm Marine"),
        (
            "The BBC said that it was late. Adler joined Rovers. Rovers deny that it was late. In a "
            "statement the club said that it was over.",
            "Rovers",
            "Rovers",
        ),
        (
            "The Trade and Fisheries Agency (TFA) said that it was late. The TFA said that it was over.",
            "Trade and Fisheries Agency",
            "Trade and Fisheries Agency",
        ),
    ],
)
def test_which_body_is_meant(read_claims: Claims, text: str, name: str, party: str) -> None:
    *_, source = sources(read_claims(text))
    assert (source.name, source.party) == (name, party)


@pytest.mark.parametrize(
    ("who", "name", "party"),
    [
        ("Ilse Brandt KC", "Ilse Brandt", "Ilse Brandt"),
        ("Jan Holt, 61, of Larch Road, Hexley", "Jan Holt", "Jan Holt"),
        ("Jan Holt, of Velm Rovers", "Jan Holt", "Velm Rovers"),
        ("Jan Holt, who runs a ward of the Martyrs' Hospital", "Jan Holt", "Martyrs' Hospital"),
        ("Jan Holt, managing director of the owner, Korvex", "Jan Holt", "Korvex"),
        ("Jan Holt, an astronomer at the University of Norland, Velm", "Jan Holt", "University of Norland"),
        ("The Red Cross", "Red Cross", "Red Cross"),
        ("The ICRC", "International Committee of the Red Cross", "ICRC"),
        ("Jan Holt, head of the Trade and Fisheries Agency (TFA)", "Jan Holt", "Trade and Fisheries Agency"),
        ("Velm Transit", "Velm Transit", "Velm Transit"),
    ],
)
def test_what_belongs_to_a_name_and_whose_it_is(read_claims: Claims, who: str, name: str, party: str) -> None:
    *_, source = sources(read_claims(f"“It is over,” said {who}."))
    assert (source.name, source.party) == (name, party)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "Velm Police said that it was late. Assistant Chief Constable Helen Straw said that it was over.",
            "Velm Police",
        ),
        (
            "Velm Police said that it was late. Orme Police said that it was early. Constable Helen Straw "
            "said that it was over.",
            "Helen Straw",
        ),
        (
            "It was the Norvanian move that Norvania feared. Norvania denied the charge. “It is a lie,” "
            "Foreign Ministry spokesman Oleg Baran said.",
            "Norvania",
        ),
        (
            "Korvex denied the charge. “It is a lie,” Foreign Ministry spokesman Oleg Baran said.",
            "Foreign Ministry",
        ),
        ("On Monday Norvania shut its ports. The Norvanian interior ministry said it was over.", "Norvania"),
        (
            "The rebels who surround the city said that it was late. The city's health directorate said that "
            "64 people were killed.",
            "city's health directorate",
        ),
        (
            "According to a study published in the journal Velm Letters, it was late. Karl Moor, a professor "
            "who reviewed the paper for the journal, said that it was over.",
            "Karl Moor",
        ),
    ],
)
def test_for_whom_a_rank_a_ministry_or_a_reader_speaks(read_claims: Claims, text: str, party: str) -> None:
    assert sources(read_claims(text))[-1].party == party


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Andrew Pell said that it was late. “It is a scandal,” the Labour MP said.", "Andrew Pell"),
        ("Andrew Pell said that it was late. “It is a scandal,” the prime minister said.", "prime minister"),
        ("Andrew Pell said that it was late. “It is a scandal,” a Labour MP said.", "a Labour MP"),
        ("Sir Nigel Thrupp has resigned. Sir Nigel said that it was an oversight.", "Nigel Thrupp"),
        (
            "Dame Honor Fairlie has died. It is now listed Grade I. Fairlie said that he had a good ear.",
            "Honor Fairlie",
        ),
        ("Honor Fairlie has died. I. Fairlie said that he had a good ear.", "I. Fairlie"),
    ],
)
def test_a_person_by_another_name(read_claims: Claims, text: str, name: str) -> None:
    assert sources(read_claims(text))[-1].name == name


def test_one_who_speaks_without_a_name_is_who_he_is(read_claims: Claims) -> None:
    (source,) = sources(
        read_claims("One trustee, speaking on condition of anonymity, said that the money had gone.")
    )
    assert (source.name, source.anonymous) == ("One trustee", True)
