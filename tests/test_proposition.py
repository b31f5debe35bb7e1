"""Propositions: in the positive, by themselves readable, and those that only answer another claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from verify.attribution.registry import Registry
from verify.claims import make_claims
from verify.language.parse import parse
from verify.load import document_of
from verify.types import Attribution, Claim, Quote, Source, Span, Stance

if TYPE_CHECKING:
    from spacy.language import Language

Claims = Callable[[str], tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Korvex said that it had not dumped oil in the river.", "Korvex had dumped oil in the river."),
        ("The mayor said that there was no radiation.", "There was radiation."),
        ("The minister said that nobody had died.", "Somebody had died."),
        ("The minister said that the dam might have burst.", "The dam had burst."),
        ("The minister said that the dam may burst.", "The dam will burst."),
        ("Iran denied any part in the attacks.", "Iran had a part in the attacks."),
        ("The mayor said that not one tank had leaked.", "One tank had leaked."),
        ("The mayor said that not a single tank had leaked.", "A single tank had leaked."),
        ("The mayor said that people with not one meal a day fled.", "People with not one meal a day fled."),
        ("The company said its conscience was clear.", "The company was to blame."),
        ("The mayor said that nothing of the kind had happened.", "It was so."),
        ("Korvex denied the charge made by Jan Holt that the dam leaked.", "The dam leaked."),
        ("Korvex reported a charge that was laid at 10 p.m.", "There was a charge that was laid at 10 p.m."),
        ("Korvex rejected a story told on Monday.", "There was a story told on Monday."),
        ("The mayor described as a hero the man at the gate.", "It was a hero the man at the gate."),
        ("Korvex denied all involvement in the spill.", "Korvex was involved in the spill."),
        ("Iran said that its support for them was political.", "Iran’s support for them was political."),
        ("Kyiv said that it had no part in the attack.", "Ukraine had a part in the attack."),
        (
            "Islamic State claimed responsibility for the attack.",
            "Islamic State was responsible for the attack.",
        ),
        (
            "Iran accused the United States of having ordered a strike.",
            "The United States had ordered a strike.",
        ),
        ("The minister blamed the crew for the fire.", "The crew was to blame for the fire."),
        ("The minister blamed the crash on ice.", "Ice was to blame for the crash."),
        ("The minister blamed them for the fire.", "They were to blame for the fire."),
        ("The minister accused the company of fraud.", "The company was guilty of fraud."),
        ("The minister accused it of fraud.", "It was guilty of fraud."),
        ("The minister blamed the head of the agency.", "The head of the agency was to blame."),
        ("The company put the toll at 53.", "The toll was 53."),
        ("The police put the dead at 53.", "The dead were 53."),
        ("The police put the loss at $3 million.", "The loss was $3 million."),
        ("The police put at ten the number of the dead.", "The number of the dead was ten."),
        ("The police reported 37 dead.", "There were 37 dead."),
        ("Ilse Brandt promised to pay the victims.", "Ilse Brandt will pay the victims."),
        ("Ilse Brandt urged the company to pay the victims.", "The company should pay the victims."),
        ("Neither the mayor nor a clerk is ill, Jan Holt said.", "The mayor or a clerk is ill."),
        ("Ilse Brandt said that neither side had fired.", "Either side had fired."),
        ("Ilse Brandt said it might well have been a crack.", "It had been a crack."),
        ("Ilse Brandt said the pump may work well.", "The pump will work well."),
        ("Ilse Brandt thinks it likely that some 800 people fled.", "Some 800 people fled."),
        ("“Mine was the only lorry,” Ilse Brandt said.", "Ilse Brandt’s was the only lorry."),
        ("Ilse Brandt said hers had sunk.", "Ilse Brandt’s had sunk."),
        ("Ilse Brandt blamed herself.", "Ilse Brandt was to blame."),
        ("Korvex dismissed talk of leaks.", "There were leaks."),
        ("Ilse Brandt said the ferry sank by her bow.", "The ferry sank by her bow."),
        ("Ilse Brandt urged parents not to drive.", "Parents should not drive."),
        (
            "Two men might have lived if they had been warned, Ilse Brandt said.",
            "Two men might have lived if they had been warned.",
        ),
        ("Ilse Brandt said that two men might have been warned.", "Two men were warned."),
        ("No fault whatsoever had been found, the mayor said.", "A fault had been found."),
        ("None of them fits, the mayor said.", "Some of them fit."),
        (
            "“There is no knife, there is no witness and there is no motive,” Ilse Brandt said.",
            "There is a knife, there is a witness or there is a motive.",
        ),
        ("The mayor said that his client denies any impropriety.", "There was impropriety."),
        ("The mayor rejected any link with the vote.", "There was a link with the vote."),
        ("The mayor said that he would press for it to open.", "The mayor would press for it to open."),
        ("“We’d be landed with the bill,” Ilse Brandt said.", "Ilse Brandt would be landed with the bill."),
        ("Ilse Brandt said: “I have never met him.”", "Ilse Brandt has met him."),
        ("It was absurd to suggest that Korvex had dumped oil, Ilse Brandt said.", "Korvex had dumped oil."),
        ("It was not true that Korvex had dumped oil, Ilse Brandt said.", "Korvex had dumped oil."),
        ("It is impossible that the dam burst, Ilse Brandt said.", "The dam burst."),
        ("The task is impossible, Ilse Brandt said.", "The task is impossible."),
        ("Ilse Brandt dismissed the idea that the dam had burst.", "The dam had burst."),
        ("Any talk of a leak is utterly false, Ilse Brandt said.", "There was a leak."),
        ("Claims that the dam had burst are untrue, Ilse Brandt said.", "The dam had burst."),
        ("There was no truth in the report that the dam had burst, Ilse Brandt said.", "The dam had burst."),
        ("Ilse Brandt said that the dam was not right for the valley.", "The dam was right for the valley."),
        ("The agency said that the fire had most likely begun in a shed.", "The fire had begun in a shed."),
        (
            "“We know the cause and carry the blame,” said Ilse Brandt.",
            "Ilse Brandt knows the cause and carries the blame.",
        ),
        ("He was free to go at any time, said Karen Andrews.", "He was free to go at any time."),
        ("The affidavit says that the clerk took the key and hid it.", "The clerk took the key and hid it."),
        ("The agency declared the vaccine safe and effective.", "The vaccine was safe and effective."),
        ("The governor called it an act of terror.", "It was an act of terror."),
        ("Korvex called it “hopelessly overvalued”.", "It was hopelessly overvalued."),
        ("Korvex called it dangerous.", "It was dangerous."),
        ("The ministry declined to say whether anybody had died.", "Somebody had died."),
        ("Korvex doubted whether the dam was safe.", "The dam was safe."),
        ("Korvex refused to name the supplier.", "Korvex will name the supplier."),
        ("Korvex declined to give a figure.", "Korvex will give a figure."),
        ("Korvex would not discuss the terms.", "Korvex will discuss the terms."),
        ("Korvex would not comment on losses.", "Korvex will comment on losses."),
        ("Korvex would not be drawn on the terms.", "Korvex will speak of the terms."),
        ("A spokesman offered no comment.", "A spokesman offered no comment."),
        (
            "The ministry would not say how many men were lost.",
            "The ministry will say how many men were lost.",
        ),
        ("The mayor said he’ll pay.", "The mayor will pay."),
        ("The unions said they’d strike.", "The unions would strike."),
        ("The Norvane Trust said that it had sued.", "The Norvane Trust had sued."),
        ("The NTB said that it had sued.", "The NTB had sued."),
        ("Norvane Trust said that it had sued.", "Norvane Trust had sued."),
        ("The firm Korvex said that it had sued.", "Korvex had sued."),
        ("“We sued,” said a spokesman for the United States.", "The United States sued."),
        ("Jan Holt said he’d left.", "Jan Holt had left."),
        ("Jan Holt said he’d been told.", "Jan Holt had been told."),
        ("Ilse Brandt said she’s ill.", "Ilse Brandt is ill."),
        ("Ilse Brandt said she’s been ill.", "Ilse Brandt has been ill."),
        ("“We’ll pay the men,” Korvex said.", "Korvex will pay the men."),
        ("“They’d left,” Korvex said.", "They’d left."),
        ("“That’s our offer,” Korvex said.", "That’s Korvex’s offer."),
        ("The union rejected the offer.", "There was an offer."),
        ("Korvex called for an inquiry.", "There should be an inquiry."),
        ("Korvex said that it was not to blame.", "Korvex was to blame."),
        ("Korvex said it could not exclude a leak in the dam.", "There was a leak in the dam."),
        ("Korvex said the dam had been built too early.", "The dam had been built too early."),
        ("Korvex rejected these accusations.", "There were accusations."),
        ("Korvex denied it.", "It was so."),
        ("Korvex demanded the release of the crew.", "There should be a release of the crew."),
        ("Korvex spoke of a call for an inquiry.", "There was a call for an inquiry."),
        ("The mayor predicted three strikes.", "There will be three strikes."),
        ("Korvex said it was unclear whether the dam had burst.", "The dam had burst."),
        ("Korvex said it had no evidence that any dam had burst.", "A dam had burst."),
        ("Korvex said it was unclear who burst the dam.", "It was unclear who burst the dam."),
        ("Korvex said that there was absolutely no leak.", "There was a leak."),
        ("Jan Holt said he had never once met Korvex.", "Jan Holt had met Korvex."),
        ("Jan Holt said he had met Korvex once.", "Jan Holt had met Korvex once."),
        ("None of the passengers was hurt, Korvex said.", "Some of the passengers were hurt."),
        ("None of the oil was found, Korvex said.", "Some of the oil was found."),
        ("Nor would the mayor have had a reason, Korvex said.", "The mayor would have had a reason."),
        ("A third of the rooms have no camera, Korvex said.", "A third of the rooms have no camera."),
        ("The rooms have no camera, Korvex said.", "The rooms have a camera."),
        ("The dam, Korvex said, was weak.", "The dam was weak."),
        ("The dam fell because it was old, Korvex said.", "The dam fell because it was old."),
        ("Ilse Brandt blamed the price of fuel.", "The price of fuel was to blame."),
        ("Korvex blamed the mayor, who had fled.", "The mayor was to blame."),
        ("Korvex blamed the mayor, Ilse Brandt.", "The mayor, Ilse Brandt, was to blame."),
        ("Korvex called the plan a ‘waste’ of money.", "The plan was a waste of money."),
        ("The union rejected the US offer.", "There was a US offer."),
        ("The union rejected the same offer.", "There was the same offer."),
        ("The ministry denied the violence.", "There was violence."),
        ("Korvex confirmed the deaths.", "There were deaths."),
        ("Whether the dam was safe was unclear, Jan Holt said.", "Whether the dam was safe was unclear."),
        ("The firm said that it paid its men and its clients.", "The firm paid its men and its clients."),
        ("“We paid our men,” said a spokesman for Korvex.", "Korvex paid its men."),
        ("“I gave my house away,” said Jan Holt.", "Jan Holt gave Jan Holt’s house away."),
        ("The family of the man says he fled.", "He fled."),
        ("The mayor described it as a massacre.", "It was a massacre."),
        (
            "The company blames two battery faults for the fires.",
            "Two battery faults were to blame for the fires.",
        ),
        ("The company rejected the figure of 5,000 barrels.", "The figure was 5,000 barrels."),
        (
            "The professor dismissed the figure of 5,000 barrels as far too low.",
            "The figure was 5,000 barrels.",
        ),
        ("The company called the plan the best.", "The plan was the best."),
        ("The coastguard counted 12 dead.", "There were 12 dead."),
        ("The engineer judged the dam not to be safe.", "The dam was safe."),
        ("The mayor said the dam was far from being safe.", "The dam was safe."),
        ("The mayor said the dam was far from bankrupt.", "The dam was bankrupt."),
        (
            "It was a medical decision, not a political one, the mayor said.",
            "It was a medical decision, not a political one.",
        ),
        ("It was not fate but human error, the mayor said.", "It was not fate but human error."),
        ("It was almost certain that the dam had burst, the mayor said.", "The dam had burst."),
        ("It was statistically impossible that Korvex had won, the mayor said.", "Korvex had won."),
        ("The mayor spoke of the suspicion that the dam had burst.", "The dam had burst."),
        (
            "The ministry denied any link between the jab and clots.",
            "There was a link between the jab and clots.",
        ),
        ("The ministry accused the firm of a brazen fraud.", "The firm was guilty of a brazen fraud."),
        (
            "The ministry accused the press of deliberately playing down the crowd.",
            "The press was deliberately playing down the crowd.",
        ),
        ("The owner had moved the car himself, the mayor said.", "The owner had moved the car himself."),
        (
            "“We had no role in the sale,” said Jan Holt, the founder of Korvex.",
            "Korvex had a role in the sale.",
        ),
        ("“We don’t attack the town,” Volodymyr Zelensky said.", "Ukraine does attack the town."),
        ("Korvex holds the lorries responsible for the cracks.", "The lorries were to blame for the cracks."),
        ("The White House said it held Moscow responsible.", "Moscow was to blame."),
        ("Korvex pointed the finger at the owner.", "The owner was to blame."),
        ("The ministry ruled out an attack on the plant.", "There was an attack on the plant."),
        ("The ministry ruled out a second blast.", "There was a second blast."),
        ("The mayor said there was no way that Korvex had won.", "Korvex had won."),
        ("The mayor said two of the dams had not burst.", "Two of the dams had not burst."),
        ("The mayor laid the fire at the door of Korvex.", "Korvex was to blame for the fire."),
        ("The mayor laid the fire at Korvex’s door.", "Korvex was to blame for the fire."),
        ("The mayor put the fire down to rust in the pipes.", "Rust in the pipes was to blame for the fire."),
        ("Kyiv saw the hand of Moscow in the fire.", "Moscow had a hand in the fire."),
        ("Korvex’s position was that nobody had died.", "Somebody had died."),
        ("The mayor’s estimate was 200 dead.", "There were 200 dead."),
        ("Salt had eaten into the steel, in the engineer’s view.", "Salt had eaten into the steel."),
        (
            "Ministers hold people who are responsible in high regard.",
            "Ministers hold people who are responsible in high regard.",
        ),
        ("The bridge did not fall.", "The bridge did fall."),
        ("The mayor said that no such call was ever made.", "Such a call was made."),
        (
            "The mayor said that no such armed attack had taken place.",
            "Such an armed attack had taken place.",
        ),
        ("The ministry put the leak at 53 barrels.", "The leak was 53 barrels."),
        ("The ministry denied Iran’s role in the leak.", "Iran had a role in the leak."),
        ("The ministry believes the dam to have burst.", "The dam had burst."),
        ("The ministry expects the dam to burst.", "The dam will burst."),
        ("The form declares that Korvex would not dump oil.", "Korvex would dump oil."),
        ("A clerk of the court said that he had seen it.", "A clerk of the court had seen it."),
        ("The bank said that its clerk had sued.", "The bank’s clerk had sued."),
        ("Korvex rejected the charge of neglect.", "Korvex was guilty of neglect."),
        ("Korvex denied fraud.", "Korvex was guilty of fraud."),
        ("The mayor rejected the charge of a leak by Korvex.", "There was a leak by Korvex."),
        ("The mayor denied reports of a leak.", "There was a leak."),
        ("The dam had not been watched, Ilse Brandt charged.", "The dam had been watched."),
        ("The mayor said that no one had died.", "Somebody had died."),
        ("The mayor said that no cards and no passes had been taken.", "Cards or passes had been taken."),
        ("Korvex denied that any mine had been fixed to the hull.", "A mine had been fixed to the hull."),
        ("Korvex said that it had not met anyone at all.", "Korvex had met someone."),
        ("Korvex said that it had not used any such pipe yet.", "Korvex had used such a pipe."),
        ("The mayor said that no pipe of any kind had burst.", "A pipe of any kind had burst."),
        ("The mayor said that any leak was a danger.", "Any leak was a danger."),
        ("The mayor said it was the worst attack ever.", "It was the worst attack ever."),
        ("The bridge fell on Monday.", "The bridge fell on Monday."),
    ],
)
def test_wording(read_claims: Claims, text: str, proposition: str) -> None:
    assert [c.proposition for c in read_claims(text)] == [proposition]


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        (
            "The ministry called the release selfish and said it endangered people.",
            "The release endangered people.",
        ),
        (
            "The Kremlin had blamed Ukraine, saying that it had sent two drones.",
            "Ukraine had sent two drones.",
        ),
        ("Korvex said it took part in the sale.", "Korvex took part in the sale."),
        ("“Our pipes are old. They have burst,” Korvex said.", "They have burst."),
        ("Korvex said it took two hours to pump out the oil.", "It took two hours to pump out the oil."),
        (
            "Korvex said that the ministry had known of it.",
            "The ministry had known of it.",
        ),
        (
            "The ship turned at noon. An engineer said it had hardly moved.",
            "The ship had hardly moved.",
        ),
        (
            "The ship turned at noon. Jan Holt, the owner of Korvex, said it was too soon to name a cause.",
            "It was too soon to name a cause.",
        ),
        ("Velm Holding said that among them was its head.", "Among them was Velm Holding’s head."),
        ("It was doubtful that many had died, the mayor said.", "Many had died."),
        (
            "Investors who have sued the company accuse it of fraud.",
            "The company was guilty of fraud.",
        ),
        (
            "The mayor released a film which he said showed guards at the gate.",
            "A film showed guards at the gate.",
        ),
        ("His lawyer said that he had never met the clerk.", "He had met the clerk."),
        ("Her bank said that a thief had followed her.", "A thief had followed her."),
        ("His bag was gone, Peter Solm said, when he got home.", "Peter Solm’s bag was gone."),
        ("His wife, Anna Solm, said she had left at noon.", "Anna Solm had left at noon."),
        (
            "The clerk was moved because he had seen the books, an official said.",
            "The clerk was moved because he had seen the books.",
        ),
        (
            "The chairman, Jan Holt, accused two of his men of theft.",
            "Two of Jan Holt’s men were guilty of theft.",
        ),
        ("The clerk lost his bag, an official said.", "The clerk lost his bag."),
        ("The minister said his office had been told.", "The minister’s office had been told."),
        (
            "The guards left. The mayor said that the ministry watched the boys until they won.",
            "The ministry watched the boys until they won.",
        ),
        ("No clerk knew when he left, the minister said.", "A clerk knew when the minister left."),
        (
            "The minister said that he had resigned because the clerk lied.",
            "The minister had resigned because the clerk lied.",
        ),
        (
            "Masked men threw stones at the bank. The ministry said they were thieves.",
            "Masked men were thieves.",
        ),
        ("Men in masks ran. Police said they had seen two guns.", "Police had seen two guns."),
        ("Boats sank. Velm Systems said their owner had been told.", "Velm Systems’ owner had been told."),
        ("The guards left. Peter Solm knew what they show.", "Peter Solm knew what the guards show."),
        ("The ministry said they had paid the fine.", "The ministry had paid the fine."),
        ("Unions had met the ministers. Velm Rovers say they have paid.", "Velm Rovers have paid."),
        (
            "The ministry pointed the finger at the guards, saying they had opened the gate.",
            "The guards had opened the gate.",
        ),
        (
            "The ministry pointed the finger at the guards, saying it had warned them.",
            "The ministry had warned them.",
        ),
        ("Korvex said it had been deceived by a clerk.", "Korvex had been deceived by a clerk."),
        ("Korvex said it had been built in a year.", "It had been built in a year."),
    ],
)
def test_whom_a_pronoun_means(read_claims: Claims, text: str, proposition: str) -> None:
    assert read_claims(text)[-1].proposition == proposition


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("The ministry blamed Korvex.", "Korvex was to blame for the explosion at the plant."),
        ("The ministry said that Korvex did it.", "Korvex was to blame for the explosion at the plant."),
        ("The guards did it, the ministry said.", "The guards were to blame for the explosion at the plant."),
        ("Korvex denied any involvement.", "Korvex was involved in the explosion at the plant."),
        (
            "Jan Holt said that Korvex was behind this.",
            "Korvex was behind the explosion at the plant.",
        ),
        ("Jan Holt said that a spark had set it off.", "A spark had set the explosion at the plant off."),
        ("Jan Holt said that Korvex had bought it.", "Korvex had bought it."),
        ("The ministry blamed a fire.", "A fire was to blame."),
        ("The ministry blamed Korvex for the smell.", "Korvex was to blame for the smell."),
        ("Jan Holt said that Korvex would do it.", "Korvex would do it."),
    ],
)
def test_a_bare_accusation_is_of_the_event_told_of_before(
    read_claims: Claims, text: str, proposition: str
) -> None:
    before = "An explosion at the plant killed two men on Monday. The explosion broke windows in the town. "
    assert read_claims(before + text)[-1].proposition == proposition


def test_an_event_that_a_headline_names_is_written_small(read_claims: Claims) -> None:
    text = "# Explosion in Velm Bay kills two\n\nTwo men drowned on Monday. The ministry blamed Korvex."
    assert read_claims(text)[-1].proposition == "Korvex was to blame for the explosion in Velm Bay."


@pytest.mark.parametrize(
    ("text", "stance", "proposition"),
    [
        ("“We believe the dam had burst,” said Ilse Brandt.", Stance.SUGGESTS, "The dam had burst."),
        ("Korvex said its engineers had found that the dam leaked.", Stance.ASSERTS, "The dam leaked."),
        ("Ilse Brandt said she felt sure that nobody had died.", Stance.DENIES, "Somebody had died."),
        (
            "Korvex said the ministry believed that the dam leaked.",
            Stance.ASSERTS,
            "The ministry believed that the dam leaked.",
        ),
        (
            "Korvex said it could not believe that the dam leaked.",
            Stance.DOUBTS,
            "The dam leaked.",
        ),
        (
            "Korvex denied that it knew that the dam leaked.",
            Stance.DENIES,
            "Korvex knew that the dam leaked.",
        ),
    ],
)
def test_what_a_source_says_that_it_thinks_is_what_it_says(
    read_claims: Claims, text: str, stance: Stance, proposition: str
) -> None:
    (claim,) = read_claims(text)
    assert (claim.stance, claim.proposition) == (stance, proposition)


def test_who_also_denies_it_denies_what_the_other_denied(read_claims: Claims) -> None:
    text = "Kyiv said that Russia had shelled the town. Moscow said that was false. Jan Holt also denied it."
    assert [c.stance for c in read_claims(text)] == [Stance.ASSERTS, Stance.DENIES, Stance.DENIES]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kyiv said that Russia had shelled the town. Jan Holt said that Kyiv was lying.", Stance.DENIES),
        ("The mayor said that the town was lying in ruins.", Stance.ASSERTS),
        ("The mayor said that Korvex lied about the oil.", Stance.ASSERTS),
    ],
)
def test_who_calls_another_a_liar_denies_what_that_one_says(
    read_claims: Claims, text: str, stance: Stance
) -> None:
    claims = read_claims(text)
    assert claims[-1].stance is stance
    assert (claims[-1].proposition == claims[0].proposition) is (len(claims) > 1 or stance is Stance.ASSERTS)


def test_a_name_keeps_its_hyphens(read_claims: Claims) -> None:
    claims = read_claims("The dam burst, said Ali al-Hadid, an engineer. Al-Hadid said that 18 had died.")
    assert {c.source.name for c in claims if c.source} == {"Ali al-Hadid"}


def test_a_judgement_of_the_same_thing_is_no_answer(read_claims: Claims) -> None:
    claims = read_claims("The ministry called the attack a crime. The mayor described it as a massacre.")
    assert [c.proposition for c in claims] == ["The attack was a crime.", "It was a massacre."]


ACCUSED = "Ilse Brandt said that Korvex had dumped oil in the river. "


@pytest.mark.parametrize(
    "answer",
    [
        "Korvex denied it.",
        "Korvex rejected the accusation.",
        "Korvex denied any involvement.",
        "Korvex said that was false.",
        "Korvex called the accusation absurd.",
        "Korvex said its hands were clean.",
        "Korvex said its conscience was clear.",
        "Korvex said that nothing of the kind had happened.",
        "Korvex said it had nothing to do with it.",
        "Korvex said it had done no such thing.",
        "Korvex said its divers had found nothing of the sort.",
        "Korvex would have none of it.",
        "Korvex wanted nothing to do with it.",
        "Not so, according to Korvex.",
        "Korvex called the charge shameless.",
        "Korvex found the accusation absurd.",
        "Korvex said it “flatly rejects” the accusation.",
        "Korvex said that there was no truth in the accusation.",
        "“It wasn’t us,” Korvex said.",
        "“We did not do it,” Korvex said.",
        "Korvex said that was made up.",
        "It was the other way round, Korvex said.",
        "Korvex said that there was not a grain of truth in that.",
        "Korvex said that there was not a shred of truth in the accusation.",
        "Not a word of it was true, Korvex said.",
        "That version is a fairy tale, according to Korvex.",
        "Korvex called the allegations made by Ilse Brandt baseless.",
        "Korvex ruled that out.",
        "Korvex denies what Brandt says.",
        "Korvex waved the accusation away as fiction.",
        "Korvex laughed it off.",
        "Korvex declined to comment.",
    ],
)
def test_an_answer_takes_over_what_it_answers(read_claims: Claims, answer: str) -> None:
    accusation, reply = read_claims(ACCUSED + answer)
    assert reply.proposition == accusation.proposition == "Korvex had dumped oil in the river."
    assert reply.stance is (Stance.DECLINES if "comment" in answer else Stance.DENIES)


CRITICISED = "The union accused Korvex of cheating. The union said that two ships had sunk. "


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        (CRITICISED + "Korvex rejected the criticism.", "Korvex was cheating."),
        ("The union said that two ships had sunk. Korvex rejected the criticism.", "There was criticism."),
        (CRITICISED + "Korvex denied the charge.", "Korvex was cheating."),
        ("The union said that two ships sailed. Korvex denied the charge.", "There was a charge."),
        ("The union posted a picture of a shark. Korvex laughed it off.", "It was so."),
        (
            "The union said that two ships had sunk. Korvex declined to comment.",
            "Korvex declined to comment.",
        ),
        (
            "The union said that two ships had sunk. Korvex declined to comment on that.",
            "Two ships had sunk.",
        ),
        (
            "The council said two had sunk. Ilse Brandt thought that a pump was cheap, and said so.",
            "A pump was cheap.",
        ),
    ],
)
def test_what_an_answer_can_be_to(read_claims: Claims, text: str, proposition: str) -> None:
    assert read_claims(text)[-1].proposition == proposition


@pytest.mark.parametrize(
    "echo",
    [
        "The union came to the same conclusion.",
        "The union gave the same account.",
        "The union agreed with her.",
        "The union conceded as much.",
        "The union was of the same mind.",
        "The union said much the same in parliament.",
        "The union has said the same in its yearly reports.",
        "The union said the same on Monday.",
        "The union said much the same in court.",
        "The union gave the same account of the night.",
        "The union reached the same verdict from two samples.",
        "The union has claimed as much for years.",
    ],
)
def test_who_comes_to_the_same_conclusion_says_the_same(read_claims: Claims, echo: str) -> None:
    accusation, agreed = read_claims(ACCUSED + echo)
    assert (agreed.party, agreed.stance) == ("union", Stance.ASSERTS)
    assert agreed.proposition == accusation.proposition


@pytest.mark.parametrize(
    "text", ["The union demanded the same in court.", "The union said the same of the fire."]
)
def test_the_same_of_something_else_repeats_nothing(read_claims: Claims, text: str) -> None:
    accusation, *others = read_claims(ACCUSED + text)
    assert accusation.proposition not in {c.proposition for c in others}


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        (ACCUSED + "“Not in our river,” said Jan Holt.", True),
        (ACCUSED + "“Not before the spring,” said Jan Holt.", True),
        (ACCUSED + "“Not to my knowledge,” said Jan Holt.", False),
        (ACCUSED + "“Not for the moment,” said Jan Holt.", False),
        (ACCUSED + "Ice lay on the road. Snow fell. “Not in our river,” said Jan Holt.", False),
    ],
)
def test_what_is_set_right_is_what_was_said_right_before(
    read_claims: Claims, text: str, answered: bool
) -> None:
    accusation, *_, answer = read_claims(text)
    assert answer.stance is Stance.DENIES
    assert (answer.proposition == accusation.proposition) is answered


def test_who_says_the_same_repeats_no_refusal(read_claims: Claims) -> None:
    accusation, _, agreed = read_claims(ACCUSED + "Korvex declined to comment. The union said the same.")
    assert (agreed.stance, agreed.proposition) == (Stance.ASSERTS, accusation.proposition)


def test_the_same_toll_is_that_of_a_claim_with_a_figure(read_claims: Claims) -> None:
    *_, toll = read_claims(
        "The mayor said that 40 had died. Korvex said that the dam was old. The police gave the same toll."
    )
    assert toll.proposition == "40 had died."


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("The mayor said that 42 people had died, Velm among them.", "39 people had died."),
        ("The mayor said the fire took at least 11 minutes.", "The fire took 39 minutes."),
        ("The mayor said that the damage was 10 per cent.", "There were 39."),
        ("The mayor said that 42 people and three dogs had died.", "There were 39."),
        ("The mayor said that the dam had burst.", "There were 39."),
    ],
)
def test_a_bare_figure_counts_what_the_one_before_it_counts(
    read_claims: Claims, text: str, proposition: str
) -> None:
    *_, figure = read_claims(f"{text} Korvex’s estimate was 39.")
    assert (figure.party, figure.proposition) == ("Korvex", proposition)


@pytest.mark.parametrize(
    ("figure", "proposition"),
    [
        ("Korvex put them at 39.", "39 people had died."),
        ("Korvex said it was nearer 130.", "About 130 people had died."),
        ("Korvex put the figure at closer to 130.", "About 130 people had died."),
        ("Korvex said they were 39 metres down.", "42 people were 39 metres down."),
    ],
)
def test_a_figure_that_is_only_near_counts_the_same(
    read_claims: Claims, figure: str, proposition: str
) -> None:
    *_, told = read_claims(f"The mayor said that 42 people had died. {figure}")
    assert told.proposition == proposition


@pytest.mark.parametrize(
    "figure", ["In the morning Korvex had spoken of 39.", "Korvex raised the figure to 39."]
)
def test_a_figure_of_another_time_counts_nothing_else(read_claims: Claims, figure: str) -> None:
    *_, later = read_claims(f"The mayor said that 42 people had died. {figure}")
    assert "died" not in later.proposition


def test_what_an_answer_names_is_what_it_answers(read_claims: Claims) -> None:
    *_, answer = read_claims(
        "The mayor said that a drip was hung up. The union said that he ran. Jan Holt called the drip a hoax."
    )
    assert (answer.stance, answer.proposition) == (Stance.DENIES, "A drip was hung up.")


def test_what_is_pointed_at_is_what_was_said_right_before(read_claims: Claims) -> None:
    text = "Kyiv said that Russia had shelled the town. Ilse Brandt said that lists had been drawn up. "
    *_, answer = read_claims(f"{text}The foreign ministry in Moscow rejected that suggestion.")
    assert (answer.stance, answer.proposition) == (Stance.DENIES, "Lists had been drawn up.")


MET = "The mayor said that Korvex had met a clerk and planned a raid. "


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        (MET + "No such meeting had taken place, said Jan Holt.", True),
        (MET + "There was no such plan, said Jan Holt.", True),
        (MET + "No raid of the kind ever happened, said Jan Holt.", True),
        (MET + "Jan Holt rejected any such link.", True),
        (MET + "Ice lay on the road, the police said. There was no such raid, said Jan Holt.", True),
        (MET + "There was no such street, said Jan Holt.", False),
        (MET + "No such raid had cost so much, said Jan Holt.", False),
        (MET + "Such a raid took place in May, said Jan Holt.", False),
        (MET + "Jan Holt denied any such ties with Moscow.", False),
        (MET + "Ice lay on the road. Snow fell. There was no such meeting, said Jan Holt.", False),
    ],
)
def test_no_such_thing_is_what_was_told_of(read_claims: Claims, text: str, answered: bool) -> None:
    told, *_, answer = read_claims(text)
    assert (answer.proposition == told.proposition) is answered
    assert (answer.stance is Stance.DENIES) is ("in May" not in text)


def test_several_reports_are_no_denial(read_claims: Claims) -> None:
    text = "Kyiv said that Russia had not shelled the town. "
    *_, answer = read_claims(f"{text}“All these reports are a lie,” said Ilse Brandt.")
    assert "shelled" not in answer.proposition


def test_an_explanation_is_what_was_said_first(read_claims: Claims) -> None:
    *_, reply = read_claims(
        "Moscow said that a balloon had gone astray. Moscow said that the search was a mistake. "
        "The United States rejected the Russian explanation."
    )
    assert (reply.stance, reply.proposition) == (Stance.DENIES, "A balloon had gone astray.")


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("The mayor said that 42 people had died.", "39 people had died."),
        ("The mayor said that the fire killed 42 people.", "The fire killed 39 people."),
        ("The mayor said that 42 people had fled.", "The toll was 39."),
    ],
)
def test_a_toll_is_of_the_dead(read_claims: Claims, text: str, proposition: str) -> None:
    assert read_claims(f"{text} Korvex put the toll at 39.")[-1].proposition == proposition


@pytest.mark.parametrize("answer", ["dismissed such talk as grotesque", "rejected such theories"])
def test_such_talk_is_what_was_said(read_claims: Claims, answer: str) -> None:
    text = f"The mayor said that Korvex planned to flee. Korvex {answer}."
    assert read_claims(text)[-1].proposition == "Korvex planned to flee."


def test_not_a_word_of_it_is_of_what_was_said_right_before(read_claims: Claims) -> None:
    text = "The town had a warning. Not a word of it was true, said Jan Holt."
    assert [c.proposition for c in read_claims(text)] == ["The town had a warning."] * 2


def test_two_things_left_open_are_no_accusation(read_claims: Claims) -> None:
    text = "Kyiv said that Korvex had cut the pipe. The mayor said that either ice or Korvex broke it. "
    *_, denial = read_claims(f"{text}Korvex called the accusation absurd.")
    assert denial.proposition == "Korvex had cut the pipe."


def test_an_account_is_that_of_the_party_it_is_named_after(read_claims: Claims) -> None:
    *_, reply = read_claims(
        "Moscow said that Kyiv had planned the attack. Kyiv accused Moscow of looking for somebody to blame. "
        "The United States rejected the Russian account."
    )
    assert (reply.stance, reply.proposition) == (Stance.DENIES, "Kyiv had planned the attack.")


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("It plainly is, after three such summers, said Ilse Brandt.", Stance.ASSERTS),
        ("“It is not,” said Ilse Brandt.", Stance.DENIES),
    ],
)
def test_what_is_left_unsaid_is_what_was_said_before(
    read_claims: Claims, answer: str, stance: Stance
) -> None:
    text = "The reef is not in danger, Jan Holt of Korvex said."
    assert [(c.stance, c.proposition) for c in read_claims(f"{text} {answer}")] == [
        (Stance.DENIES, "The reef is in danger."),
        (stance, "The reef is in danger."),
    ]


def test_an_auxiliary_with_more_to_it_leaves_nothing_unsaid(read_claims: Claims) -> None:
    *_, claim = read_claims("The reef is not in danger, Jan Holt said. It is there, said Ilse Brandt.")
    assert claim.proposition == "The reef is there."


def test_to_deny_a_denial_is_to_assert(read_claims: Claims) -> None:
    _, denial, rebuttal = read_claims(
        "Kyiv said that Russia had attacked Ukraine. Moscow denied it. Kyiv rejected the denial."
    )
    assert denial.stance is Stance.DENIES
    assert rebuttal.stance is Stance.ASSERTS


@pytest.mark.parametrize(
    "text",
    [
        "Korvex said that the weather was fine. Korvex denied it.",
        "Korvex said that the river was clean. Korvex denied any involvement.",
        ACCUSED + "The weather was fine. " * 8 + "Korvex denied it.",
        ACCUSED + "Velm Group denied any involvement.",
        ACCUSED + "Velm Group said its conscience was clear.",
        ACCUSED + "Korvex said the drivers’ hands were clean.",
        ACCUSED + "Korvex denied that it had nothing to do with it.",
        ACCUSED + "Korvex admitted that its hands were not clean.",
        ACCUSED + "The mayor promised nothing of the sort.",
        ACCUSED + "Korvex said that nothing but a sort of mud had come out.",
        ACCUSED + "“It was us,” Korvex said.",
        ACCUSED + "“It was not our tanker,” Korvex said.",
        ACCUSED + "Velm Group said that it did not do it.",
        ACCUSED + "Korvex said that its crew was made up of clerks.",
        ACCUSED + "Korvex said that there was a grain of truth in that.",
        ACCUSED + "Korvex said that there was not a grain of oil in that.",
        ACCUSED + "Not a word of it was printed, Korvex said.",
    ],
    ids=[
        "not about it",
        "its own claim",
        "too far back",
        "another party",
        "another party's conscience",
        "others' hands",
        "denied denial",
        "admission",
        "promise",
        "mud of a sort",
        "admitted",
        "another tanker",
        "another party's deed",
        "made up of",
        "some truth",
        "no oil",
        "no word printed",
    ],
)
def test_what_is_no_answer_keeps_its_own_words(read_claims: Claims, text: str) -> None:
    *before, reply = read_claims(text)
    assert reply.proposition not in {claim.proposition for claim in before}


def test_which_somebody_else_denies_is_no_part_of_the_speech(read_claims: Claims) -> None:
    claim, denial = read_claims("Russia said that Ukraine was behind the attack, which Kyiv denies.")
    assert claim.proposition == denial.proposition == "Ukraine was behind the attack."
    assert (claim.stance, denial.stance) == (Stance.ASSERTS, Stance.DENIES)
    assert denial.within is None


@pytest.mark.parametrize("aside", ["a charge that Kyiv denies", "an accusation Kyiv has rejected as absurd"])
def test_an_aside_that_tells_of_an_answer_is_a_claim_of_its_own(read_claims: Claims, aside: str) -> None:
    claim, denial = read_claims(f"Russia said that Ukraine was behind the attack, {aside}.")
    assert claim.proposition == denial.proposition == "Ukraine was behind the attack."
    assert (claim.party, claim.stance) == ("Russia", Stance.ASSERTS)
    assert (denial.party, denial.stance, denial.within) == ("Ukraine", Stance.DENIES, None)


def test_an_aside_that_answers_nothing_stays_where_it_is(read_claims: Claims) -> None:
    (claim,) = read_claims("The mayor said that Korvex had dumped oil, a charge that carries a fine.")
    assert "a charge that carries a fine" in claim.proposition


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Korvex dismissed a report saying that the dam leaked.", "The dam leaked."),
        ("Korvex dismissed a report that accused Velm of fraud.", "Velm was guilty of fraud."),
        ("Korvex rejected a report accusing Velm Group of fraud.", "Velm Group was guilty of fraud."),
    ],
)
def test_a_report_is_of_what_it_says(read_claims: Claims, text: str, proposition: str) -> None:
    denial = read_claims(text)[0]
    assert (denial.party, denial.stance, denial.proposition) == ("Korvex", Stance.DENIES, proposition)


def test_evidence_is_shown_by_who_has_it(read_claims: Claims) -> None:
    (claim,) = read_claims("Korvex said it had evidence showing that the pipe was cut.")
    assert (claim.party, claim.proposition) == ("Korvex", "The pipe was cut.")


def test_reports_of_something_called_false_are_denied(read_claims: Claims) -> None:
    (denial,) = read_claims("Korvex described reports of a leak as fake news.")
    assert (denial.stance, denial.proposition) == (Stance.DENIES, "There was a leak.")


@pytest.mark.xfail(strict=True, reason="a pronoun in what is denied is taken for the one who denies")
def test_pronouns_in_what_somebody_else_denies(read_claims: Claims) -> None:
    _, denial = read_claims("The army said it had shelled the town, which Kyiv denies.")
    assert "Ukraine" not in denial.proposition


def test_two_clauses_around_a_cue_are_two_claims(nlp: Language) -> None:
    text = "The ship had sunk, the owner said, and the crew had not been warned."
    parsed = parse(document_of(text.encode(), path="draft.txt", suffix=".txt"), nlp)
    source, cue, *content = (
        Span(text.index(words), text.index(words) + len(words))
        for words in ("the owner", "said", "The ship had sunk", "the crew had not been warned")
    )
    told = Attribution(0, source, cue, tuple(content), Quote.INDIRECT)
    owner = Source("the owner", source, "the owner", anonymous=False)
    claims = make_claims(parsed, [told], [owner], Registry({}, {}))
    assert [(c.stance, c.proposition) for c in claims] == [
        (Stance.ASSERTS, "The ship had sunk."),
        (Stance.DENIES, "The crew had been warned."),
    ]


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("His lawyer, Karen Andrews, said he had left last.", "He had left last."),
        ("His brother said he was at home.", "He was at home."),
        ("He had met the mayor, a spokeswoman said.", "He had met the mayor."),
        ("He may call again, said an official of the court.", "He will call again."),
        ("The clerk was dismissed because he knew too much, a diplomat said.", None),
        ("His agent, Karen Andrews, said she had signed it.", "Karen Andrews had signed it."),
        ("An official said he had been warned.", "An official had been warned."),
        ("He had been beaten, a witness said.", "A witness had been beaten."),
    ],
)
def test_whose_speaker_somebody_is_tells_of_another(
    read_claims: Claims, text: str, proposition: str | None
) -> None:
    *_, claim = read_claims(text)
    assert claim.proposition == (proposition or "The clerk was dismissed because he knew too much.")


@pytest.mark.parametrize(("said", "stance"), [("said", Stance.ASSERTS), ("denied", Stance.DENIES)])
def test_who_did_so_too_says_the_same(read_claims: Claims, said: str, stance: Stance) -> None:
    _, too = read_claims(f"Jan Holt {said} that the dam had burst. So did Ilse Brandt.")
    assert (too.party, too.stance, too.proposition) == ("Ilse Brandt", stance, "The dam had burst.")


def test_what_did_so_too_says_nothing(read_claims: Claims) -> None:
    assert not any(claim.source for claim in read_claims("The dam burst on Monday. So did the pipe."))


def test_what_somebody_says_is_a_leak_is_a_leak(read_claims: Claims) -> None:
    (claim,) = read_claims("Korvex denied that what Ilse Brandt says is a leak.")
    assert claim.proposition == "What Ilse Brandt says is a leak."


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("The minister, Ana Ruiz, has resigned. Pedro Sanz accused her of lying.", "Ana Ruiz was lying."),
        ("The leader, Pedro Sanz, accused her of lying.", "She was lying."),
        (
            "The minister, Ana Ruiz, met the mayor, Eva Moll. Pedro Sanz accused her of lying.",
            "She was lying.",
        ),
        ("Mr Luis Ruiz has resigned. Pedro Sanz accused her of lying.", "She was lying."),
        (
            "Jan Holt said that the minister had accused him of lying.",
            "He was lying.",
        ),
        ("Rebecca Moor reminded him that he had lied.", "He had lied."),
        ("Rebecca Moor told the police that she had lied.", "Rebecca Moor had lied."),
        (
            "The mayor said that the bridge was old. The engineer denied that it was safe.",
            "The bridge was safe.",
        ),
    ],
)
def test_an_object_is_never_its_own_clauses_subject(read_claims: Claims, text: str, proposition: str) -> None:
    assert read_claims(text)[-1].proposition == proposition
