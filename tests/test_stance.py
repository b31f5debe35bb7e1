"""A source's stance: what its cue and the polarity of its content make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from verify.attribution.stance import stance_of
from verify.types import Claim, Stance

if TYPE_CHECKING:
    from spacy.language import Language

Claims = Callable[[str], tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        (Stance.ASSERTS, "The minister said the bridge was old."),
        (Stance.ASSERTS, "The minister confirmed that the bridge was old."),
        (Stance.ASSERTS, "Islamic State claimed responsibility for the attack."),
        (Stance.ASSERTS, "The minister said the bridge was not only old but weak."),
        (Stance.ASSERTS, "The minister said the bridge was no longer safe."),
        (Stance.ASSERTS, "The minister said no fewer than 20 people had died."),
        (Stance.SUGGESTS, "The minister suggested that the bridge was old."),
        (Stance.SUGGESTS, "The minister said the bridge might be old."),
        (Stance.SUGGESTS, "The minister said the bridge was probably old."),
        (Stance.SUGGESTS, "The minister said the bridge appeared to be old."),
        (Stance.SUGGESTS, "The minister said it was likely that the bridge was old."),
        (Stance.DENIES, "The minister denied that the bridge was old."),
        (Stance.DENIES, "The minister rejected the claim that the bridge was old."),
        (Stance.ASSERTS, "The minister denied that nobody had died."),
        (Stance.ASSERTS, "The minister challenged the account that nobody was at the wheel."),
        (Stance.DENIES, "The minister denied that the report was false."),
        (Stance.DENIES, "The minister said the bridge was not old."),
        (Stance.DENIES, "The minister said the bridge had never been old."),
        (Stance.DENIES, "The minister said nobody had died."),
        (Stance.DENIES, "The minister said there was no radiation."),
        (Stance.DENIES, "Kyiv said that it had no part in the attack."),
        (Stance.DENIES, "The minister said not one shell had hit the bridge."),
        (Stance.DENIES, "The minister said that not a single plane had crossed the border."),
        (Stance.DENIES, "The minister said it had burned nobody’s house."),
        (Stance.DENIES, "The Kremlin said its hands were clean."),
        (Stance.DENIES, "The company said its conscience was clear."),
        (Stance.DENIES, "The minister said that nothing of the kind had happened."),
        (Stance.DENIES, "The ministry said it had nothing to do with it."),
        (Stance.ASSERTS, "The inspector said the cook’s hands were clean."),
        (Stance.DENIES, "The union insisted that it had not known that the lamp was out."),
        (Stance.DENIES, "The minister said she had not known of the plan."),
        (Stance.DOUBTS, "The minister said she had not known who cut the rope."),
        (Stance.DOUBTS, "The minister said she did not know whether the bridge was old."),
        (Stance.ASSERTS, "The mayor said the officers took nothing from the yard but a bucket."),
        (Stance.ASSERTS, "It was no thief but the army that took the gold, two clerks said."),
        (Stance.DENIES, "The mayor said the officers took nothing from the yard but left the door open."),
        (Stance.DENIES, "Korvex disclaimed any part in the affair."),
        (Stance.DENIES, "The minister would not hear of a delay."),
        (Stance.DECLINES, "Neither the mayor nor the police would comment on the leak."),
        (Stance.DECLINES, "None of the men would discuss the leak."),
        (Stance.DECLINES, "The minister kept silent about the loan."),
        (Stance.DECLINES, "The minister has stayed quiet on the loan."),
        (Stance.DECLINES, "The owners have kept their counsel."),
        (Stance.DECLINES, "The minister's office gave no comment."),
        (Stance.DECLINES, "The league has opened an inquiry and would not go into detail."),
        (Stance.ASSERTS, "The nurse said that both hands were clean."),
        (Stance.ASSERTS, "The surgeon said his hands were hardly clean."),
        (Stance.ASSERTS, "Korvex admitted that its hands were clean of oil."),
        (Stance.ASSERTS, "The union said the opposite bank was flooded."),
        (Stance.ASSERTS, "The minister said not one but two shells had hit the bridge."),
        (Stance.ASSERTS, "The minister said not one person but a whole village had fled."),
        (Stance.ASSERTS, "The minister said people who could afford not one meal a day had marched."),
        (Stance.ASSERTS, "The minister said nothing but ice explained the crash."),
        (Stance.ASSERTS, "The minister said the decision was made not in Kyiv but in Washington."),
        (Stance.DENIES, "The minister said there were no casualties but some damage."),
        (Stance.DENIES, "The minister said the army did not withdraw but stayed."),
        (Stance.DENIES, "The minister said not a shot had been fired."),
        (Stance.ASSERTS, "The minister said two of the three bridges had not been checked."),
        (Stance.ASSERTS, "The minister said 88 per cent of the bridges had never been checked."),
        (Stance.ASSERTS, "The minister said much of the bridge had never been checked."),
        (Stance.DENIES, "The minister said the two bridges had not been checked."),
        (Stance.DENIES, "The minister said three bridges had not been checked."),
        (Stance.ASSERTS, "The minister said the bridge could not have fallen unless somebody cut it."),
        (Stance.ASSERTS, "The minister said the bridge was not shut until noon."),
        (Stance.DENIES, "The minister said the bridge had not been shut at noon."),
        (Stance.ASSERTS, "The minister said it was no coincidence that the bridge fell."),
        (Stance.DENIES, "The minister said the fall of the bridge was no coincidence."),
        (Stance.DENIES, "The minister said there was no way that the bridge fell."),
        (Stance.DOUBTS, "The minister said there was no way of telling how the bridge fell."),
        (Stance.DENIES, "The minister said that Korvex did not know of the bridge."),
        (Stance.DENIES, "The minister said that Korvex had not seen the bridge."),
        (Stance.DOUBTS, "The minister said that Korvex did not know why the bridge fell."),
        (Stance.DENIES, "The minister found the explanation absurd."),
        (Stance.DENIES, "The minister said that was wrong."),
        (Stance.DENIES, "The minister said the fears for the bridge were unfounded."),
        (Stance.ASSERTS, "The minister said the decision was wrong."),
        (Stance.ASSERTS, "The minister said the video was fake."),
        (Stance.ASSERTS, "The minister found the bridge absurd."),
        (Stance.DENIES, "The minister called the charge an insult to the dead."),
        (Stance.ASSERTS, "The minister called the attack an insult to the dead."),
        (Stance.DENIES, "The minister said the bridge wasn’t old."),
        (Stance.DENIES, "The minister said the bridge was far from safe."),
        (Stance.ASSERTS, "The minister said the bridge was far from the town."),
        (Stance.DENIES, "The minister said it was not possible that the bridge was old."),
        (Stance.DENIES, "The minister said the bridge was far from the truth."),
        (Stance.SUGGESTS, "The minister said it was almost certain that the bridge was old."),
        (Stance.ASSERTS, "The minister said it was certain that the bridge was old."),
        (Stance.SUGGESTS, "The minister said the damage was consistent with a fire."),
        (Stance.DENIES, "The minister called the report absurd."),
        (Stance.DENIES, "The minister blasted the report as ridiculous."),
        (Stance.ASSERTS, "The minister blasted the bridge as unsafe."),
        (Stance.DENIES, "The minister said the report was false."),
        (Stance.DOUBTS, "The minister doubted that the bridge was old."),
        (Stance.DOUBTS, "The minister questioned the claim that the bridge was old."),
        (Stance.DOUBTS, "The minister has not confirmed that the bridge was old."),
        (Stance.DOUBTS, "The minister said it was unlikely that the bridge was old."),
        (Stance.DOUBTS, "The minister said there was no evidence that the bridge was old."),
        (Stance.DOUBTS, "The minister said that it was too early to tell why the bridge fell."),
        (Stance.DECLINES, "The minister declined to comment."),
        (Stance.DECLINES, "The minister will not say whether anybody died."),
        (Stance.DECLINES, "The minister offered no comment."),
        (Stance.ASSERTS, "The minister said the dam had been built too early to last."),
        (Stance.DOUBTS, "The minister said it was too early to tell."),
        (Stance.DOUBTS, "Neither the minister nor the mayor rejected the charge."),
        (Stance.ASSERTS, "The minister said two of the dams have no warden."),
        (Stance.DECLINES, "“No comment,” the minister said."),
        (Stance.DOUBTS, "The minister did not rule out an attack."),
        (Stance.DENIES, "The minister called the attack a fairy tale."),
        (Stance.ASSERTS, "The minister called the attack a cautionary tale."),
        (Stance.ASSERTS, "The minister said she could see the bridge."),
        (Stance.ASSERTS, "The minister said no more than 20 people had died."),
        (Stance.DECLINES, "The minister refused to answer questions."),
        (Stance.DECLINES, "The minister did not respond to a request for comment."),
    ],
)
def test_stance(read_claims: Claims, stance: Stance, text: str) -> None:
    claims = [c for c in read_claims(text) if c.source is not None]
    assert [c.stance for c in claims] == [stance], claims


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        (Stance.DENIES, "The minister brushed aside the claim that the bridge was old."),
        (Stance.DENIES, "The minister brushed the claim aside that the bridge was old."),
        (Stance.DENIES, "The minister scoffed at the idea that the bridge was old."),
        (Stance.DENIES, "The minister laughed off the charge that the bridge was old."),
        (Stance.DENIES, "The minister took issue with the claim that the bridge was old."),
        (Stance.DENIES, "The minister ridiculed the idea that the bridge was old."),
        (Stance.DENIES, "The minister would hear nothing of that."),
        (Stance.DENIES, "The minister gave short shrift to the claim that the bridge was old."),
        (Stance.DENIES, "The court threw out the claim that the bridge was old."),
        (Stance.ASSERTS, "The minister gave a hint that the bridge was old."),
        (Stance.ASSERTS, "The minister said that Korvex had not said whether the bridge was old."),
        (Stance.DECLINES, "The minister would not speculate about the cause."),
        (Stance.DECLINES, "The minister said it would be wrong to speculate about the cause."),
        (Stance.DENIES, "The minister said it was wrong to blame the engineer."),
        (Stance.DECLINES, "“We will not name a figure,” the minister said."),
        (Stance.DENIES, "“We did not name the engineer,” the minister said."),
        (Stance.DECLINES, "The minister would not be drawn on the cause."),
        (Stance.DENIES, "The bridge would not be drawn up."),
        (Stance.DECLINES, "The minister could not be reached for comment."),
        (Stance.DECLINES, "Nobody at the ministry was available for comment."),
        (Stance.DECLINES, "No one from the ministry has commented."),
        (Stance.DENIES, "No one from the ministry was hurt."),
        (Stance.DENIES, "The minister wanted nothing to do with it."),
        (Stance.DENIES, "The minister gave short shrift to all of that."),
        (Stance.DENIES, "The minister said that the charge was a fairy tale."),
        (Stance.DENIES, "The minister said that the charge was a provocation."),
        (Stance.ASSERTS, "The minister said that the attack was a provocation."),
        (Stance.ASSERTS, "The minister said that the tale was a long one."),
        (Stance.DENIES, "The minister said nobody had seen the bridge fall."),
        (Stance.DOUBTS, "The minister said she had not seen whether the bridge fell."),
        (Stance.DOUBTS, "The minister said that nothing pointed to a bomb."),
        (Stance.DENIES, "The minister said that nothing had fallen."),
        (Stance.DOUBTS, "The minister said it had not been proved that the bridge was old."),
        (Stance.DOUBTS, "The minister said there was not the slightest proof that the bridge was old."),
        (Stance.DOUBTS, "The minister said she had no record of a second fall."),
        (Stance.DOUBTS, "The minister said she knew of no second fall."),
        (Stance.DOUBTS, "The minister said she was in no position to confirm the figure."),
        (Stance.DOUBTS, "The minister said she was unable to verify the figure."),
        (Stance.ASSERTS, "The minister said she was unable to attend the meeting."),
        (Stance.ASSERTS, "The minister said that only a bomb could have broken the bridge."),
        (Stance.SUGGESTS, "The minister said that a bomb could have broken the bridge."),
        (Stance.DECLINES, "The minister had no comment on the fall."),
        (Stance.DECLINES, "The ministry has no comment on the fall, a spokeswoman said."),
        (Stance.DECLINES, "The ministry does not comment on rumours, a spokeswoman said."),
        (Stance.DENIES, "The ministry has no engineer on the bridge, a spokeswoman said."),
        (Stance.DENIES, "The minister said nothing about the bridge had changed."),
    ],
)
def test_idioms_of_denial_doubt_and_silence(read_claims: Claims, stance: Stance, text: str) -> None:
    assert read_claims(text)[0].stance is stance


@pytest.mark.parametrize(
    "text",
    [
        "The bridge did not fall.",
        "Nobody died in the flood.",
    ],
)
def test_the_outlet_denies_in_its_own_voice(read_claims: Claims, text: str) -> None:
    (claim,) = read_claims(text)
    assert (claim.source, claim.stance) == (None, Stance.DENIES)


@pytest.mark.parametrize(("word", "stance"), [("whether", Stance.DOUBTS), ("how", Stance.ASSERTS)])
def test_a_content_cut_after_whether_is_left_open(nlp: Language, word: str, stance: Stance) -> None:
    doc = nlp(f"Police asked {word} the mayor took money, Ann said.")
    assert stance_of(doc[9:10], doc[3:7]) is stance
