from __future__ import annotations

import re
from inspect import getdoc

from contracts.verdicts import JUDGEMENT_VERDICTS, RUN_VERDICTS, State, Verdict


def test_the_drawing_of_the_states_shows_every_state() -> None:
    drawing = getdoc(State) or ""
    drawn = set(re.findall(r"(\w+) --> ", drawing)) | set(re.findall(r"--> (\w+)", drawing))
    assert drawn == {state.value for state in State}


def test_a_judgement_is_never_skipped_and_a_run_never_fails_to_compile() -> None:
    assert Verdict.SK not in JUDGEMENT_VERDICTS
    assert Verdict.CE not in RUN_VERDICTS
    assert set(Verdict) == RUN_VERDICTS | JUDGEMENT_VERDICTS
