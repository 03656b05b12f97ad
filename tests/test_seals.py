"""Seals: what was changed by other hands since is shown, and a rewritten history is seen."""

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from msgspec import UNSET

from qms import load
from qms.cli import main
from qms.codec.differences import differences, with_differences
from qms.codec.plain import plain_register
from qms.measuring import measure
from qms.problems import RegisterError
from qms.seals import ChainProblem, FileChange, Seal, mark_of, seal, verify
from qms.signing import new_key, signed
from qms.store import append, convert
from qms.store.journal import JOURNAL, write_files
from qms.store.seal_files import canonical
from strategies import registers

D = date
REGISTER = """[organisation]
name.vi = "Tỉnh"
"""
UNIT = """# Sở
name.vi = "Sở"
headcount = 40
[objectives.a]
title.vi = "Đúng hạn"
indicator = "tỷ lệ"
unit = "%"
comparison = "at-least"
target = 95
start = 2024-01-01
due = 2024-12-31
"""


@pytest.fixture
def root(tmp_path):
    made = tmp_path / "r"
    (made / "units").mkdir(parents=True)
    (made / "register.toml").write_text(REGISTER, "utf-8")
    (made / "units" / "u.toml").write_text(UNIT, "utf-8")
    (made / "note.docx").write_bytes(b"one")
    return made


def chain(root):
    return root / "seals" / "chain.ndjson"


def problems(root, **more):
    return [problem for problem, _ in verify(root, **more).chain]


def rewrite(root, change, line=-1):
    """Change a seal, and all that follows so that the chain is whole again but for signatures."""
    lines = [json.loads(one) for one in chain(root).read_text("utf-8").splitlines()]
    change(lines[line])
    previous, written = None, []
    for number, one in enumerate(lines, 1):
        one["number"] = number
        if previous is None:
            one.pop("previous", None)
        else:
            one["previous"] = previous
        words = canonical(one)
        written.append(words)
        previous = __import__("hashlib").sha256(words.encode()).hexdigest()
    chain(root).write_text("\n".join(written) + "\n", "utf-8")


class TestAWholeRegister:
    def test_a_register_that_was_never_sealed_is_not_intact(self, root):
        found = verify(root)
        assert (found.seals, found.last, found.intact) == (0, None, False)

    def test_nothing_changed_is_intact(self, root):
        made = seal(root, on=D(2024, 6, 1), by="Văn thư")
        found = verify(root)
        assert found.intact
        assert found.last == made
        assert found.mark == mark_of(made)
        assert set(made.files) == {"register.toml", "units/u.toml", "note.docx"}

    def test_seals_follow_each_other(self, root):
        first = seal(root, on=D(2024, 6, 1))
        second = seal(root, on=D(2024, 7, 1))
        assert (first.number, second.number) == (1, 2)
        assert second.previous == mark_of(first)
        assert verify(root).intact
        assert [one.name for one in (root / "seals").glob("records-*")] == ["records-2.json"]

    def test_a_seal_is_not_of_a_day_before_the_one_before(self, root):
        seal(root, on=D(2024, 6, 2))
        with pytest.raises(
            RegisterError, match="is of 2024-06-02, and this one would be of 2024-06-01"
        ):
            seal(root, on=D(2024, 6, 1))
        assert verify(root).seals == 1
        assert seal(root, on=D(2024, 6, 2)).number == 2

    def test_a_register_is_not_sealed_ahead(self, root, capsys):
        assert main(["--lang", "en", "seal", str(root), "--on", "2100-01-01"]) == 2
        assert "--on lies ahead" in capsys.readouterr().err
        assert not (root / "seals").exists()

    def test_the_seals_are_no_part_of_the_register(self, root):
        before = load(root)
        seal(root, on=D(2024, 6, 1))
        assert load(root) == before

    @pytest.mark.parametrize("name", ["r.json", "r.ndjson", "one.toml"])
    def test_a_register_in_one_file_is_sealed_beside_it(self, root, tmp_path, name):
        if name.endswith(".toml"):
            joined = REGISTER + "[units.u]\n" + UNIT.replace("[objectives", "[units.u.objectives")
            (tmp_path / name).write_text(joined, "utf-8")
        else:
            convert(root, tmp_path / name)
        seal(tmp_path / name, on=D(2024, 6, 1))
        assert verify(tmp_path / name).intact
        words = (tmp_path / name).read_text("utf-8")
        (tmp_path / name).write_text(words.replace("40", "41"), "utf-8")
        found = verify(tmp_path / name)
        assert [one.path for one in found.outside] == [("units", "u", "headcount")]
        assert found.files == (FileChange(name, "changed"),)


class TestChanges:
    def test_a_change_by_hand_is_shown_record_by_record(self, root):
        seal(root, on=D(2024, 6, 1))
        text = UNIT.replace("40", "41").replace('comparison = "at-least"', 'comparison = "at-most"')
        (root / "units" / "u.toml").write_text(text + 'note = "mới"\n', "utf-8")
        (root / "units" / "v.toml").write_text('name.vi = "Mới"\n', "utf-8")
        found = verify(root)
        assert not found.intact
        assert {one.path: (one.old, one.new) for one in found.outside} == {
            ("units", "u", "headcount"): (40, 41),
            ("units", "u", "objectives", "a", "comparison"): ("at-least", "at-most"),
            ("units", "u", "objectives", "a", "note"): (UNSET, "mới"),
            ("units", "v"): (UNSET, {"name": {"vi": "Mới"}}),
        }

    def test_a_record_that_is_gone_is_shown(self, root):
        seal(root, on=D(2024, 6, 1))
        (root / "units" / "u.toml").write_text(UNIT.partition("[")[0], "utf-8")
        (found,) = verify(root).outside
        assert found.path == ("units", "u", "objectives")
        assert found.new is UNSET

    def test_a_comment_is_no_record(self, root):
        seal(root, on=D(2024, 6, 1))
        (root / "units" / "u.toml").write_text("# khác\n" + UNIT, "utf-8")
        found = verify(root)
        assert found.intact
        assert found.files == (FileChange("units/u.toml", "changed"),)

    def test_files_that_hold_no_records_are_watched(self, root):
        seal(root, on=D(2024, 6, 1))
        (root / "note.docx").write_bytes(b"two")
        (root / "new.docx").write_bytes(b"x")
        (root / ".hidden").write_bytes(b"x")
        assert verify(root).strange == (
            FileChange("new.docx", "added"),
            FileChange("note.docx", "changed"),
        )
        (root / "note.docx").unlink()
        found = verify(root)
        assert FileChange("note.docx", "removed") in found.files
        assert not found.intact

    def test_what_qms_records_itself_is_told_apart(self, root):
        seal(root, on=D(2024, 6, 1))
        measure(root, "u", "a", Decimal(96), on=D(2024, 6, 2))
        append(root, "u", ("note",), "ghi chú")
        found = verify(root)
        assert found.intact
        assert [one.path for one in found.recorded] == [
            ("units", "u", "objectives", "a", "measurements"),
            ("units", "u", "note"),
        ]
        (root / "units" / "u.toml").write_text(
            (root / "units" / "u.toml").read_text("utf-8").replace("96", "99"), "utf-8"
        )
        (changed,) = verify(root).outside
        assert changed.path == ("units", "u", "objectives", "a", "measurements", 0, "value")

    def test_the_next_seal_begins_a_new_log(self, root):
        seal(root, on=D(2024, 6, 1))
        append(root, "u", ("note",), "ghi chú")
        seal(root, on=D(2024, 7, 1))
        append(root, "u", ("address",), "Hà Giang")
        found = verify(root)
        assert found.intact
        assert [one.path for one in found.recorded] == [("units", "u", "address")]

    def test_a_change_and_its_log_are_written_together(self, root):
        seal(root, on=D(2024, 6, 1))
        log = root / "seals" / "facts.ndjson"
        write_files(root, {"units/u.toml": UNIT.replace("40", "50")})
        assert [one.new for one in verify(root).outside] == [50]
        assert not log.exists()
        (root / JOURNAL).write_text(
            json.dumps({"units/u.toml": UNIT, "seals/facts.ndjson": ""}), "utf-8"
        )
        assert load(root).units["u"].headcount == 40


class TestTheChain:
    def test_a_seal_that_was_changed_is_seen(self, root):
        seal(root, on=D(2024, 6, 1))
        seal(root, on=D(2024, 7, 1))
        chain(root).write_text(
            chain(root).read_text("utf-8").replace("2024-06-01", "2024-06-02"), "utf-8"
        )
        assert problems(root) == [ChainProblem.BROKEN]

    def test_a_seal_that_was_taken_out_is_seen(self, root):
        for month in (6, 7, 8):
            seal(root, on=D(2024, month, 1))
        lines = chain(root).read_text("utf-8").splitlines()
        chain(root).write_text(f"{lines[0]}\n{lines[2]}\n", "utf-8")
        assert problems(root) == [ChainProblem.BROKEN]

    def test_a_seal_that_cannot_be_read_is_seen_and_none_follows_it(self, root):
        seal(root, on=D(2024, 6, 1))
        chain(root).write_text("{}\n", "utf-8")
        found = verify(root)
        assert found.last is None
        assert not found.intact
        with pytest.raises(RegisterError, match="chain of seals is damaged"):
            seal(root, on=D(2024, 7, 1))
        chain(root).write_bytes(b"\xff\n")
        assert problems(root) == [ChainProblem.UNREADABLE]

    def test_records_that_were_changed_or_lost_are_seen_and_the_next_seal_mends_it(self, root):
        seal(root, on=D(2024, 6, 1))
        kept = root / "seals" / "records-1.json"
        kept.write_text(kept.read_text("utf-8").replace("40", "41"), "utf-8")
        assert problems(root) == [ChainProblem.RECORDS]
        kept.unlink()
        assert problems(root) == [ChainProblem.RECORDS]
        seal(root, on=D(2024, 7, 1))
        assert verify(root).intact

    @pytest.mark.parametrize("harm", ["", "x\n", '{"seal":1,"previous":"x","changes":[]}\n', '{"seal":1,"previous":"%s","changes":[{"path":["units","w","x"],"new":1}]}\n'])  # fmt: skip
    def test_a_log_that_was_changed_is_seen(self, root, harm):
        made = seal(root, on=D(2024, 6, 1))
        append(root, "u", ("note",), "ghi chú")
        log = root / "seals" / "facts.ndjson"
        log.write_text(harm.replace("%s", mark_of(made)), "utf-8")
        found = verify(root)
        assert not found.intact
        assert found.outside or ChainProblem.LOG in [problem for problem, _ in found.chain]

    def test_who_rewrites_everything_is_seen_by_the_mark_kept_elsewhere(self, root):
        mark = mark_of(seal(root, on=D(2024, 6, 1)))
        seal(root, on=D(2024, 7, 1))
        assert problems(root, expect=mark[:12].upper()) == []
        rewrite(root, lambda one: one.update(by="khác"), line=0)
        assert problems(root) == []
        assert problems(root, expect=mark) == [ChainProblem.NOT_EXPECTED]


class TestSignatures:
    def test_every_seal_is_signed_with_the_same_key(self, root):
        private, public = new_key()
        seal(root, on=D(2024, 6, 1), key=private)
        seal(root, on=D(2024, 7, 1), key=private)
        assert verify(root, key=public).intact
        seal(root, on=D(2024, 8, 1), key=private)
        rewrite(root, lambda one: [one.pop("key"), one.pop("signature")])
        assert problems(root) == problems(root, key=public) == [ChainProblem.UNSIGNED]

    def test_a_signed_chain_goes_on_with_its_own_key_only(self, root, tmp_path):
        (mine, _), (other, _) = new_key(), new_key()
        seal(root, on=D(2024, 5, 1))
        seal(root, on=D(2024, 6, 1), key=mine)
        before = chain(root).read_bytes()
        for wrong in (None, other):
            with pytest.raises(RegisterError, match="with the same key"):
                seal(root, on=D(2024, 7, 1), key=wrong)
        assert main(["seal", str(root), "--new-key", str(tmp_path / "k.pem")]) == 2
        assert not (tmp_path / "k.pem").exists()
        assert chain(root).read_bytes() == before
        seal(root, on=D(2024, 7, 1), key=mine)
        assert verify(root).intact

    def test_seals_before_the_first_signed_one_are_covered_by_its_signature(self, root):
        private, public = new_key()
        seal(root, on=D(2024, 5, 1))
        assert problems(root, key=public) == [ChainProblem.UNSIGNED]
        seal(root, on=D(2024, 6, 1), key=private)
        assert verify(root, key=public).intact
        assert problems(root, key=new_key()[1]) == [ChainProblem.UNSIGNED, ChainProblem.OTHER_KEY]
        rewrite(root, lambda one: one.update(by="khác"), line=0)
        assert ChainProblem.SIGNATURE in problems(root, key=public)

    def test_a_rewritten_history_is_seen_without_any_mark(self, root):
        private, public = new_key()
        for month in (6, 7):
            seal(root, on=D(2024, month, 1), key=private)
        rewrite(root, lambda one: one.update(by="khác"), line=0)
        assert problems(root) == [ChainProblem.SIGNATURE] * 2
        assert problems(root, key=public) == [ChainProblem.SIGNATURE] * 2

    def test_another_key_is_seen(self, root):
        (mine, public), (other, _) = new_key(), new_key()
        seal(root, on=D(2024, 6, 1), key=other)
        assert problems(root, key=public) == [ChainProblem.OTHER_KEY]
        seal(root, on=D(2024, 7, 1), key=other)
        first, last = chain(root).read_text("utf-8").splitlines()
        bare = {k: v for k, v in json.loads(last).items() if k not in {"key", "signature"}}
        again = signed(msgspec.convert(bare, Seal), mine)
        line = canonical(msgspec.to_builtins(again))
        chain(root).write_text(f"{first}\n{line}\n", "utf-8")
        assert problems(root) == [ChainProblem.OTHER_KEY]

    def test_a_signature_that_is_none_is_seen(self, root):
        seal(root, on=D(2024, 6, 1), key=new_key()[0])
        rewrite(root, lambda one: one.update(signature="zz"))
        assert problems(root) == [ChainProblem.SIGNATURE]

    def test_without_the_library_it_is_said_how_to_install_it(self, root, monkeypatch):
        monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
        with pytest.raises(RegisterError, match=r"qms-register\[sign\]"):
            seal(root, on=D(2024, 6, 1), key=b"x")

    def test_what_is_no_key_is_refused(self, root):
        private, public = new_key()
        for wrong in (b"x", public):
            with pytest.raises(RegisterError, match="Ed25519"):
                seal(root, on=D(2024, 6, 1), key=wrong)
        seal(root, on=D(2024, 6, 1))
        for wrong in (b"x", private):
            with pytest.raises(RegisterError, match="Ed25519"):
                verify(root, key=wrong)


class TestDifferences:
    @settings(max_examples=40, deadline=None)
    @given(registers(), registers())
    def test_data_with_its_differences_is_the_other_data(self, one, other):
        old, new = (msgspec.json.decode(canonical(plain_register(of))) for of in (one, other))
        found = list(differences(old, new))
        kept = msgspec.json.decode(canonical(old))
        assert with_differences(kept, found) == new
        assert list(differences(old, old)) == []


class TestCommands:
    def test_sealing_and_verifying(self, root, capsys):
        assert main(["verify", str(root)]) == 1
        assert "never sealed" in capsys.readouterr().out
        assert (
            main(["seal", str(root), "--on", "2024-06-01", "--by", "Văn thư", "--lang", "vi"]) == 0
        )
        assert "bản số 1" in capsys.readouterr().out
        assert main(["verify", str(root), "--lang", "vi"]) == 0
        shown = capsys.readouterr().out
        assert "ngày 01/06/2024 do Văn thư thực hiện" in shown
        assert "không có thay đổi nào ngoài qms" in shown

    @pytest.mark.parametrize(
        ("language", "amiss", "written"),
        [
            ("en", "Files not as they were sealed", "no record in them was changed outside"),
            ("vi", "Tệp không còn như khi niêm phong", "không có dữ liệu nào trong tệp bị"),
        ],
    )
    def test_a_file_that_qms_wrote_is_not_called_tampered_with(
        self, root, language, amiss, written, capsys
    ):
        main(["seal", str(root), "--on", "2024-06-01"])
        append(root, "u", ("note",), "ghi chú")
        capsys.readouterr()
        assert main(["verify", str(root), "--lang", language]) == 0
        shown = capsys.readouterr().out
        assert amiss not in shown
        assert written in " ".join(shown.split())
        assert "\n  units/u.toml\n" in shown
        (root / "note.docx").unlink()
        assert main(["verify", str(root), "--lang", language]) == 1
        shown = capsys.readouterr().out
        assert f"{amiss} (1)\n  note.docx" in shown
        text = (root / "units" / "u.toml").read_text("utf-8")
        (root / "units" / "u.toml").write_text(text.replace("headcount = 40\n", ""), "utf-8")
        assert main(["verify", str(root), "--lang", language]) == 1
        assert f"{amiss} (2)" in capsys.readouterr().out

    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_every_change_is_told(self, root, language, capsys):
        main(["seal", str(root), "--on", "2024-06-01"])
        append(root, "u", ("note",), "ghi chú " * 20)
        text = (root / "units" / "u.toml").read_text("utf-8")
        (root / "units" / "u.toml").write_text(text.replace("headcount = 40\n", ""), "utf-8")
        (root / "note.docx").unlink()
        capsys.readouterr()
        assert main(["verify", str(root), "--expect", "0" * 64, "--lang", language]) == 1
        shown = capsys.readouterr().out
        assert all(len(line) <= 80 for line in shown.splitlines())
        assert "units.u.headcount" in shown
        assert "units.u.note" in shown
        assert "note.docx" in shown
        assert ("rewritten" if language == "en" else "đã bị sửa") in shown

    def test_for_other_programs(self, root, capsys):
        main(["seal", str(root), "--on", "2024-06-01"])
        capsys.readouterr()
        assert main(["verify", str(root), "--format", "json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["format"] == "qms-verification/1"
        assert told["intact"] is True

    def test_a_chain_that_cannot_be_read_is_told(self, root, capsys):
        main(["seal", str(root), "--on", "2024-06-01"])
        chain(root).write_text("x\n", "utf-8")
        capsys.readouterr()
        assert main(["verify", str(root)]) == 1
        assert "seal 1 cannot be read" in capsys.readouterr().out

    def test_a_key_is_made_once_and_signs(self, root, tmp_path, capsys):
        key = tmp_path / "key.pem"
        assert main(["seal", str(root), "--new-key", str(key)]) == 0
        assert key.stat().st_mode & 0o077 == 0
        assert main(["seal", str(root), "--new-key", str(key)]) == 2
        assert main(["seal", str(root), "--key", str(key)]) == 0
        assert main(["verify", str(root), "--public-key", f"{key}.pub"]) == 0
        assert main(["verify", str(root), "--public-key", str(tmp_path / "none")]) == 2
        assert "none" in capsys.readouterr().err

    def test_no_key_is_left_where_sealing_fails(self, tmp_path):
        key = tmp_path / "key.pem"
        assert main(["seal", str(tmp_path / "nowhere"), "--new-key", str(key)]) == 2
        assert not key.exists()
        assert not Path(f"{key}.pub").exists()

    def test_a_register_that_does_not_load_is_neither_sealed_nor_verified(self, root):
        (root / "units" / "u.toml").write_text("x", "utf-8")
        assert main(["seal", str(root)]) == 2
        assert main(["verify", str(root)]) == 2
        assert not (root / "seals").exists()

    def test_a_sealed_register_that_no_longer_loads_shows_its_files_and_why(self, root, capsys):
        seal(root, on=D(2024, 6, 1))
        (root / "units" / "u.toml").unlink()
        (root / "note.docx").write_bytes(b"two")
        assert main(["verify", str(root)]) == 2
        told = capsys.readouterr().out
        assert "can no longer be read; its records are not compared (1)" in told
        assert "the register has no units" in told
        assert "note.docx: changed" in told
        assert "units/u.toml: removed" in told
        assert "Nothing was changed" not in told
        assert main(["verify", str(root), "--format", "json"]) == 2
        assert json.loads(capsys.readouterr().out)["intact"] is False
        chain(root).write_text("x\n", "utf-8")
        assert main(["verify", str(root)]) == 2
        assert "seal 1 cannot be read" in capsys.readouterr().out
        with pytest.raises(RegisterError):
            verify(root / "none")

    def test_what_a_killed_seal_left_is_swept_away(self, root):
        seal(root, on=D(2024, 6, 1))
        left = root / "seals" / ".chain.ndjson.4711.new"
        left.write_text("half", "utf-8")
        left.with_name(".records-2.json.4711.new").mkdir()
        seal(root, on=D(2024, 7, 1))
        assert not left.exists()

    def test_a_seal_says_what_else_it_seals(self, root, capsys):
        seal(root, on=D(2024, 6, 1))
        assert main(["seal", str(root), "--on", "2024-06-02"]) == 0
        assert "did not record" not in capsys.readouterr().out
        (root / "note.docx").write_bytes(b"two")
        (root / "units" / "u.toml").write_text(UNIT.replace("40", "41"), "utf-8")
        assert main(["seal", str(root), "--on", "2024-06-03"]) == 0
        assert "records changed 1, other files changed 1" in capsys.readouterr().out


def test_lists_grow_shrink_and_change():
    old, new = {"a": [1, 2, 3, 4], "b": 1}, {"a": [1, 5], "c": {"d": []}}
    found = list(differences(old, new))
    assert [one.path for one in found] == [("a", 1), ("a", 3), ("a", 2), ("c",), ("b",)]
    assert with_differences(old, found) == new
    assert with_differences({"a": [1]}, differences({"a": [1]}, {"a": [1, 2]})) == {"a": [1, 2]}
