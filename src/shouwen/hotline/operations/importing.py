"""Call records and recordings of an exchange that cannot be listened to: checked whole, then taken in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from shouwen.adapters.spreadsheets import CellFault, Table
from shouwen.adapters.telephony.recordings import BadRecording, Sound, recording_named, sound_in
from shouwen.adapters.telephony.records import COLUMNS, Layout, Record, events_of, read_records
from shouwen.core.clause import Words
from shouwen.hotline.models import Call
from shouwen.hotline.operations.hearing import call_uuid, hear
from shouwen.hotline.operations.recording import add_recording
from shouwen.people.models import Staff

SOURCE = "records"


@dataclass(frozen=True, slots=True)
class Found:
    """A recording of a record: the file and what is in it."""

    file: Path
    sound: Sound


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file of records comes to: the calls, their recordings, every fault."""

    records: Sequence[Record]
    recordings: dict[str, Found]
    faults: Sequence[CellFault]

    @property
    def mono(self) -> int:
        """Recordings of one channel: who speaks cannot be told from them."""
        return sum(found.sound.channels == 1 for found in self.recordings.values())


@dataclass(frozen=True, slots=True)
class Imported:
    """How many calls and recordings were new, how many calls had been told of before."""

    calls: int
    known: int
    recordings: int


def check_records(
    *, table: Table, layout: Layout, folder: Path | None, zone: ZoneInfo, now: datetime
) -> Checked:
    """Reads everything, writes nothing. Recordings lie in `folder`, named by the call or by the record."""
    records, faults = read_records(table, layout, zone=zone, now=now)
    faults += _unknown_people(records, layout)
    recordings: dict[str, Found] = {}
    for record in records:
        try:
            found = _recording(record, folder)
        except BadRecording as error:
            zh, _, en = str(error).partition(" / ")
            faults.append(_fault(record, "recording", layout, zh, en or zh))
            continue
        if found:
            recordings[record.call] = found
    return Checked(records, recordings, sorted(faults, key=lambda fault: fault.row))


def import_records(
    *,
    checked: Checked,
    now: datetime,
    on_call: Callable[[int], None] = lambda done: None,
) -> Imported:
    """Takes in what was checked, call by call; run again it takes what is missing. Raises OSError."""
    known = kept = 0
    for done, record in enumerate(checked.records, start=1):
        pk = call_uuid(source=SOURCE, name=record.call)
        known += Call.objects.filter(pk=pk).exists()
        (call,) = hear(events=list(events_of(record)), source=SOURCE, now=now)
        found = checked.recordings.get(record.call)
        if found:
            kept += add_recording(call=call, file=found.file, sound=found.sound, now=now)
        on_call(done)
    return Imported(len(checked.records) - known, known, kept)


def _recording(record: Record, folder: Path | None) -> Found | None:
    """The recording that a record names, else the one named like its call. Raises BadRecording."""
    named = record.texts["recording"]
    if folder is None:
        return None
    file = recording_named(folder, named or f"{record.call}.wav")
    if file is None and named:
        raise BadRecording(
            f"没有录音“{named}”，只看 --recordings 那个文件夹里的文件名"
            f" / no recording {named!r}: only names of files in the folder of --recordings count"
        )
    return Found(file, sound_in(file)) if file else None


def _unknown_people(records: Sequence[Record], layout: Layout) -> list[CellFault]:
    known = set(Staff.objects.values_list("staff_no", flat=True))
    return [
        _fault(
            record,
            "staff_no",
            layout,
            f"没有工号 {record.texts['staff_no']}",
            f"no staff number {record.texts['staff_no']}",
        )
        for record in records
        if record.texts["staff_no"] and record.texts["staff_no"] not in known
    ]


def _fault(record: Record, column: str, layout: Layout, zh: str, en: str) -> CellFault:
    heading = layout.columns.get(column, COLUMNS[column])
    remedy = Words(zh="改好再导入", en="mend it and import again")
    return CellFault(record.row, heading, Words(zh=zh, en=en), remedy)
