"""What was opened from a directive, who is charged with it, what is owed, what was answered, and how that changed."""

from tiendo.work.programmes.models.answers import Answer, Decision, DraftLink, Evidence, Report
from tiendo.work.programmes.models.cascading import AmendedLine, Amendment, LineLink, Requirement
from tiendo.work.programmes.models.changes import Asked, DateChange, Refusal, Stage, TaskChange
from tiendo.work.programmes.models.forms import AnswerForm, ReturnedForm
from tiendo.work.programmes.models.matters import Cause, Correction, Instruction, Letter, Obstacle, Reminder
from tiendo.work.programmes.models.owed import Obligation, Snapshot, Tally, Transfer, Turn
from tiendo.work.programmes.models.progress import Progress
from tiendo.work.programmes.models.work import Assignment, Opening, Passage, Programme, Task

__all__ = [
    "AmendedLine", "Amendment", "Answer", "AnswerForm", "Asked", "Assignment", "Cause", "Correction", "DateChange",
    "Decision", "DraftLink", "Evidence", "Instruction", "Letter", "LineLink", "Obligation", "Obstacle", "Opening",
    "Passage", "Programme", "Progress", "Refusal", "Reminder", "Report", "Requirement", "ReturnedForm", "Snapshot",
    "Stage", "Tally", "Task", "TaskChange", "Transfer", "Turn",
]  # fmt: skip
