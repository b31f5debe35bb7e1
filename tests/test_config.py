from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.config import PROFILES, Config, discover, effective, load_config, override, shipped
from verify.errors import ConfigError
from verify.rules.notices import known_rules
from verify.types import Level

RULES = {"source-conflict": "VFY101", "number-conflict": "VFY102", "single-source": "VFY202"}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_defaults_are_the_defaults_of_the_library(tmp_path: Path) -> None:
    assert load_config(tmp_path, path=shipped("default")) == Config()


@pytest.mark.parametrize("profile", PROFILES)
def test_every_shipped_profile_holds(tmp_path: Path, profile: str) -> None:
    assert load_config(tmp_path, path=shipped("default"), profile=profile, rules=known_rules()).fail_on


def test_nearest_parent_wins(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", 'fail_on = "error"')
    near = write(tmp_path / "desk" / ".verify.toml", 'fail_on = "info"')
    story = tmp_path / "desk" / "2025" / "march"
    story.mkdir(parents=True)
    assert discover(story) == near
    assert load_config(story).fail_on == ("info",)


def test_order_within_a_folder(tmp_path: Path) -> None:
    project = write(tmp_path / "pyproject.toml", "[tool.verify]\nfail_on = 'info'")
    assert discover(tmp_path) == project
    hidden = write(tmp_path / ".verify.toml", "")
    assert discover(tmp_path) == hidden
    plain = write(tmp_path / "verify.toml", "")
    assert discover(tmp_path) == plain


def test_pyproject_without_our_section_is_passed_over(tmp_path: Path) -> None:
    far = write(tmp_path / "verify.toml", "")
    write(tmp_path / "app" / "pyproject.toml", "[tool.ruff]\nline-length = 100")
    assert discover(tmp_path / "app") == far


def test_pyproject_section_is_read(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.verify.rules]\nsingle-source = 'off'")
    assert load_config(tmp_path, rules=RULES).levels == {"single-source": None}


def test_layers_lie_over_one_another_key_by_key(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", "[rules]\nsingle-source = 'error'\n[relate]\nneighbours = 7")
    config = load_config(tmp_path, profile="strict")
    assert config.fail_on == ("info",)
    assert config.levels["single-source"] is Level.ERROR
    assert config.levels["no-right-of-reply"] is Level.ERROR
    assert (config.relate.neighbours, config.relate.min_cosine) == (7, Config().relate.min_cosine)


def test_explicit_file_replaces_the_found_one(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", 'fail_on = "error"')
    other = write(tmp_path / "other.toml", 'fail_on = ["VFY101", "error"]')
    assert load_config(tmp_path, path=other, rules=RULES).fail_on == ("VFY101", "error")


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "desk" / "encoder").mkdir(parents=True)
    file = write(
        tmp_path / "desk" / "verify.toml",
        'registry = "sources.toml"\n[models]\nencoder = "encoder"\nentailment = "./nli"\n'
        'parser = "en_core_web_lg"',
    )
    config = load_config(tmp_path, path=file)
    assert config.registry == tmp_path / "desk" / "sources.toml"
    assert config.models.encoder == str(tmp_path / "desk" / "encoder")
    assert config.models.entailment == str(tmp_path / "desk" / "nli")
    assert config.models.parser == "en_core_web_lg"


def test_the_home_of_a_user_who_is_not_there_is_a_name_like_others(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", 'registry = "~nobody-here/x.toml"\n[models]\nencoder = "~nobody-here/x"')
    config = load_config(tmp_path)
    assert config.registry == tmp_path / "~nobody-here" / "x.toml"
    assert config.models.encoder == str(tmp_path / "~nobody-here" / "x")


def test_a_folder_whose_name_is_too_long_has_no_settings(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", "fail_on = 'error'")
    assert load_config(tmp_path / ("x" * 300)).fail_on == ("error",)


def test_hub_names_stay_names(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", '[models]\nencoder = "sentence-transformers/all-mpnet-base-v2"')
    assert load_config(tmp_path).models.encoder == "sentence-transformers/all-mpnet-base-v2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fial_on = 'error'", "unknown key `fial_on`; did you mean `fail_on`?"),
        ("[relate]\nmin_cosin = 1", "unknown key `min_cosin` in [relate]; did you mean `min_cosine`?"),
        ("[models]\nencodr = 'x'", "did you mean `encoder`?"),
        ("zzzzqqq = 1", "known are fail_on, "),
        ("[rules]\nsorce-conflict = 'off'", "did you mean `source-conflict`?"),
        ("[rules]\nsource-conflict = 'loud'", "`rules.source-conflict` is 'loud'"),
        ("fail_on = 'VFY110'", "`VFY110` in fail_on is no level, rule or code; did you mean `VFY101`?"),
        ("[relate]\nneighbours = 0", "`relate.neighbours` is 0; input should be greater than or equal to 1"),
        ("relate = 3", "`relate` is 3"),
        ("gate.diff = 'all'", "`gate.diff` is 'all'"),
        ("max_unchecked = 1.5", "`max_unchecked` is 1.5"),
        ("per_file = 3", "`per_file` is 3"),
        (
            "[per_file.'a/*']\nfial_on = 'error'",
            "unknown key `fial_on` in [per_file.a/*]; did you mean `fail_on`?",
        ),
        ("[per_file.'a/*']\nregistry = 'x'", "unknown key `registry`"),
        ("[per_file.'a/*'.rules]\nsorce-conflict = 'off'", "did you mean `source-conflict`?"),
        ("[per_file.'a/*']\nfail_on = 'VFY110'", "`VFY110` in fail_on is no level"),
        ("[per_file.'#a']\nfail_on = 'error'", "'#a' in per_file matches nothing"),
        ("[per_file.'!a']\nfail_on = 'error'", "'!a' in per_file matches nothing"),
        ("[per_file.'']\nfail_on = 'error'", "'' in per_file matches nothing"),
        ("profile = 'loud'", "there is no profile `loud`; choose one of default, draft"),
        ("a = 1\nb = = 2", "line 2"),
        ("fail_on = " + "[" * 100_000, "TOML"),
    ],
)
def test_mistakes_are_named_with_their_remedy(tmp_path: Path, text: str, message: str) -> None:
    file = write(tmp_path / "verify.toml", text)
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        load_config(tmp_path, rules=RULES)
    assert str(caught.value).startswith(str(file))


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "verify.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(tmp_path)
    with pytest.raises(ConfigError, match="can't be read"):
        load_config(tmp_path, path=tmp_path)
    with pytest.raises(ConfigError, match="can't be read"):
        load_config(tmp_path, path=tmp_path / "missing.toml")


def test_unknown_profile(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="default, draft, publish, strict, ci"):
        load_config(tmp_path, profile="../../etc/passwd")


def test_the_profile_of_the_file_lies_under_it_and_an_option_takes_its_place(tmp_path: Path) -> None:
    write(tmp_path / "verify.toml", "profile = 'strict'\nrules.single-source = 'error'")
    config = load_config(tmp_path)
    assert (config.fail_on, config.max_unchecked) == (("info",), 0.0)
    assert config.levels["single-source"] is Level.ERROR
    assert load_config(tmp_path, profile="draft").fail_on == ("error",)


def test_sections_hold_for_the_drafts_that_they_match(tmp_path: Path) -> None:
    file = write(
        tmp_path / "desk" / "verify.toml",
        "[per_file.'opinion/']\nfail_on = 'error'\nrules.single-source = 'off'\n"
        "[per_file.'*.txt']\nfail_on = 'info'\n"
        "[per_file.'/top.md']\nmin_score = 0.5\n",
    )

    def holding(draft: str) -> Config:
        return load_config((tmp_path / draft).parent, path=file, draft=tmp_path / draft)

    assert holding("desk/news/a.md") == Config()
    assert holding("elsewhere/opinion/a.txt") == Config()
    assert holding("desk/opinion/deep/a.md").fail_on == ("error",)
    last = holding("desk/opinion/a.txt")
    assert (last.fail_on, last.levels) == (("info",), {"single-source": None})
    assert (holding("desk/top.md").min_score, holding("desk/news/top.md").min_score) == (0.5, 0.0)
    assert holding("desk/x/../opinion/a.md").fail_on == ("error",)
    assert load_config(tmp_path / "desk" / "opinion") == Config()


def test_every_value_has_an_origin(tmp_path: Path) -> None:
    file = write(
        tmp_path / "verify.toml", "fail_on = 'error'\n[per_file.'*.md']\nrules.single-source = 'off'"
    )
    found = effective(tmp_path, profile="publish", draft=tmp_path / "a.md")
    assert found.origins["fail_on"] == str(file)
    assert found.origins["rules.single-source"] == f'{file} [per_file."*.md"]'
    assert found.origins["rules.no-right-of-reply"] == "profile publish"
    assert found.origins["relate.neighbours"] == "default"


def test_override_wins_and_leaves_the_rest() -> None:
    config = Config.model_validate({"models": {"encoder": "a", "parser": "p"}, "fail_on": "error"})
    changed = override(config, encoder="b", fail_on=["VFY101"], rules=RULES)
    assert (changed.models.encoder, changed.models.parser, changed.fail_on) == ("b", "p", ("VFY101",))
    assert override(config) == config
    with pytest.raises(ConfigError, match="--fail-on"):
        override(config, fail_on=["sometimes"], rules=RULES)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_any_text_is_settings_or_a_config_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("config")
    (folder / "verify.toml").write_text(text, encoding="utf-8", errors="replace", newline="")
    with suppress(ConfigError):
        assert load_config(folder, rules=RULES) == Config()
